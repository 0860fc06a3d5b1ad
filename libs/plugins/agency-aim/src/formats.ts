import type { FileFormat } from '@concord/plugin-sdk';
import { fileFormat, type FileLayout } from '@concord/plugin-sdk/codec';
import { mappedLayout, placementLayout, TRAILED_KINDS, trailedLayout, type TrailedKind } from './layout/files.js';
import type { MappedKind } from './mapped/kinds.js';
import { mappingOf } from './mapped/mapping.js';
import type { AimSettings } from './settings.js';
import type { TrailerMapping } from './trailer-mappings.js';

type Kind = TrailedKind | MappedKind | 'placements';

const compiled = new WeakMap<AimSettings, Map<Kind, FileFormat>>();

/** The format of one kind of file, compiled once for its settings. */
export function formatOf(kind: Kind, settings: AimSettings): FileFormat {
  const formats = compiled.get(settings) ?? new Map<Kind, FileFormat>();
  compiled.set(settings, formats);
  const known = formats.get(kind);
  if (known !== undefined) return known;
  const format = compile(kind, settings);
  formats.set(kind, format);
  return format;
}

function compile(kind: Kind, settings: AimSettings): FileFormat {
  if (kind === 'placements') return placementFormat(settings);
  if (isTrailed(kind)) return trailedFormat(kind, settings);
  const { record, trailer } = mappingOf(kind, settings.mapped);
  return withDate(mappedLayout(kind, record, trailer?.record), trailer);
}

function isTrailed(kind: TrailedKind | MappedKind): kind is TrailedKind {
  return (TRAILED_KINDS as readonly string[]).includes(kind);
}

function placementFormat({ agency, debtor }: AimSettings): FileFormat {
  return fileFormat(placementLayout(debtor.record), {
    trailer: ({ date }) => ({ agencyCode: agency.code, agencyName: agency.name, createdDate: date }),
  });
}

function trailedFormat(kind: TrailedKind, { trailers }: AimSettings): FileFormat {
  const mapping = trailers?.[kind];
  return withDate(trailedLayout(kind, mapping?.record), mapping);
}

function withDate(layout: FileLayout, trailer: TrailerMapping | undefined): FileFormat {
  const key = trailer?.date;
  return fileFormat(layout, { trailer: ({ date }) => (key === undefined ? {} : { [key]: date }) });
}
