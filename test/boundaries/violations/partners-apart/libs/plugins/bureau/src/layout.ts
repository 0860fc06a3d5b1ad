export const layout = 0;
