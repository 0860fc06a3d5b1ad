export const sample = 0;
