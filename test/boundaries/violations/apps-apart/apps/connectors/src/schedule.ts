export const schedule = 0;
