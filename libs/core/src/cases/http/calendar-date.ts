import { applyDecorators } from '@nestjs/common';
import { IsISO8601, Matches } from 'class-validator';

const FORM = /^\d{4}-\d{2}-\d{2}$/;
const REASON = { message: '$property must be a date, YYYY-MM-DD' };

/** A day that exists, written `YYYY-MM-DD`: neither a moment nor a week, which ISO 8601 allows as well. */
export function IsCalendarDate(): PropertyDecorator {
  return applyDecorators(Matches(FORM, REASON), IsISO8601({ strict: true }, REASON));
}
