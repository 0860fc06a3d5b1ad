export const bureau = 0;
