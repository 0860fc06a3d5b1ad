import type { FileFormat } from '@concord/plugin-sdk';
import { fileFormat } from '@concord/plugin-sdk/codec';
import { placementLayout, trailedLayout, type TrailedKind } from './layout/files.js';
import type { AimSettings } from './settings.js';

type Kind = TrailedKind | 'placements';

const compiled = new WeakMap<AimSettings, Map<Kind, FileFormat>>();

/** The format of one kind of file, compiled once for its settings. */
export function formatOf(kind: Kind, settings: AimSettings): FileFormat {
  const formats = compiled.get(settings) ?? new Map<Kind, FileFormat>();
  compiled.set(settings, formats);
  const known = formats.get(kind);
  if (known !== undefined) return known;
  const format = kind === 'placements' ? placementFormat(settings) : trailedFormat(kind, settings);
  formats.set(kind, format);
  return format;
}

function placementFormat({ agency, debtor }: AimSettings): FileFormat {
  return fileFormat(placementLayout(debtor.record), {
    trailer: ({ date }) => ({ agencyCode: agency.code, agencyName: agency.name, createdDate: date }),
  });
}

function trailedFormat(kind: TrailedKind, { trailers }: AimSettings): FileFormat {
  const mapping = trailers?.[kind];
  const key = mapping?.date;
  return fileFormat(trailedLayout(kind, mapping?.record), {
    trailer: ({ date }) => (key === undefined ? {} : { [key]: date }),
  });
}
