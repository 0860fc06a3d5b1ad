import { request } from 'node:http';

export const lookup = request;
