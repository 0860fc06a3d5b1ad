import { parse } from 'csv-parse';
import { z } from 'zod';

export default [parse, z];
