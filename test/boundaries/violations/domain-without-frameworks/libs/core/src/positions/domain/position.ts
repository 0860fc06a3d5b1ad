import { map } from 'rxjs';

export const position = map;
