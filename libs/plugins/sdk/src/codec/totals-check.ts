import type { Report } from './layout-fault.js';
import type { FieldLayout, FileLayout } from './layout.js';
import { recordPlaces } from './record-places.js';
import { placesOf } from './totals.js';

/** Checks that totals stand in the trailer and point at fields that can be counted or added up. */
export function checkTotals(layout: FileLayout, report: Report): void {
  const places = placesOf(layout);
  const segments = new Set(
    layout.records.flatMap((record) => (record.segments?.types ?? []).map((type) => type.identifier)),
  );
  const totalOf = (field: FieldLayout) => (field.type === 'number' || field.type === 'money' ? field.total : undefined);
  for (const { record, path } of recordPlaces(layout)) {
    record.fields.forEach((stated, index) => {
      const total = totalOf(stated);
      const at = [...path, 'fields', index, 'total'];
      if (total === undefined) return;
      if (record !== layout.trailer) return report(at, 'only a trailer states totals');
      if (total.count === 'records') {
        for (const name of total.records ?? []) {
          if (!layout.records.some((candidate) => candidate.name === name)) report(at, `there is no record ${name}`);
        }
      } else if (total.count === 'blocks') {
        if (layout.blocks === undefined) report(at, 'there are no blocks to count');
      } else if (total.count === 'segments') {
        for (const identifier of total.segments)
          if (!segments.has(identifier)) report(at, `there is no segment ${identifier}`);
      } else {
        for (const place of total.places) {
          const field = places.get(place)?.field;
          if (field === undefined) report(at, `there is no field ${place}`);
          else if (total.count === 'sum') {
            const message = summandFault(stated, field);
            if (message !== null) report(at, `${place} ${message}`);
          }
        }
      }
    });
  }
}

/** Why a place can't be added up into a total, or null. */
function summandFault(total: FieldLayout, summand: FieldLayout): string | null {
  if (summand.type !== 'number' && summand.type !== 'money') return 'is not a number';
  const signed = (total.type === 'number' || total.type === 'money') && total.signed === true;
  if (summand.signed === true && !signed) return 'may be negative, and the total may not';
  if (summand.type !== 'money' || total.type !== 'money') return null;
  return summand.decimals === total.decimals ? null : 'has other decimals than the total';
}
