import { Logger } from '@nestjs/common';
import { parse } from 'yaml';

export const sdk = [Logger, parse];
