import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { readSettingsFile } from '@concord/plugin-sdk';
import type { Jurisdiction } from '../configuration/jurisdiction-file.js';
import { Refusal } from '../platform/errors.js';
import { LANGUAGES, NOTICE_KINDS } from './domain/notice-kind.js';
import type { Language, NoticeKind } from './domain/notice-kind.js';
import type { NoticeSetting } from './domain/setting.js';
import { letterhead, noticeTemplate, templateTexts, validationFaults } from './domain/template.js';
import type { NoticeTemplate } from './domain/template.js';
import type { Unwritable } from './domain/unwritable.js';

const OFFICE_FILE = 'office.yaml';
const TEMPLATE_FILE = new RegExp(`^(${NOTICE_KINDS.join('|')})\\.(${LANGUAGES.join('|')})\\.yaml$`);

/** What an office writes its letters by, and how they look. */
export class NoticeTemplates {
  private readonly settings: ReadonlyMap<string, NoticeSetting>;

  constructor(settings: readonly NoticeSetting[]) {
    this.settings = new Map(settings.map((setting) => [keyOf(setting), setting]));
  }

  /** @throws Refusal `template-unknown` where the office has no such letter */
  require(jurisdictionId: string, kind: NoticeKind, language: Language): NoticeSetting {
    const found = this.settings.get(keyOf({ jurisdictionId, kind, language }));
    if (found) return found;
    throw new Refusal('template-unknown', `${jurisdictionId} has no template for a ${kind} in ${language}`);
  }

  /** What can be made, by office, kind and language. */
  list(): readonly Pick<NoticeSetting, 'jurisdictionId' | 'kind' | 'language'>[] {
    return [...this.settings.values()].map(({ jurisdictionId, kind, language }) => ({
      jurisdictionId,
      kind,
      language,
    }));
  }
}

function keyOf({
  jurisdictionId,
  kind,
  language,
}: Pick<NoticeSetting, 'jurisdictionId' | 'kind' | 'language'>): string {
  return `${jurisdictionId}/${kind}.${language}`;
}

/**
 * Reads the letters of all offices: a folder for each below `folder`, named as the office, with `office.yaml` and a
 * template for each kind and language. An office without a folder writes none.
 *
 * @throws Refusal `configuration` naming the file and what is wrong with it
 */
export async function loadTemplates(
  folder: string,
  jurisdictions: readonly Jurisdiction[],
  unwritable: Unwritable,
): Promise<NoticeTemplates> {
  const settings: NoticeSetting[] = [];
  for (const name of await namesIn(folder)) {
    const jurisdiction = jurisdictions.find(({ id }) => id === name);
    if (!jurisdiction) throw fault(join(folder, name), 'is named after no jurisdiction');
    settings.push(...(await ofOffice(join(folder, name), jurisdiction, unwritable)));
  }
  return new NoticeTemplates(settings);
}

async function ofOffice(folder: string, jurisdiction: Jurisdiction, unwritable: Unwritable): Promise<NoticeSetting[]> {
  const office = join(folder, OFFICE_FILE);
  const head = await read(office, letterhead);
  requireWritable(office, [head.name, ...Object.values(head.names), ...head.address, head.telephone], unwritable);
  const settings: NoticeSetting[] = [];
  for (const name of (await namesIn(folder)).filter((each) => each !== OFFICE_FILE)) {
    const file = join(folder, name);
    const [, kind, language] = TEMPLATE_FILE.exec(name) ?? [];
    if (kind === undefined) {
      throw fault(file, `must be named KIND.LANGUAGE.yaml, of ${NOTICE_KINDS.join(', ')} and ${LANGUAGES.join(', ')}`);
    }
    const template = await read(file, noticeTemplate);
    requireWhole(file, kind as NoticeKind, template);
    requireWritable(file, templateTexts(template), unwritable);
    settings.push({
      jurisdictionId: jurisdiction.id,
      country: jurisdiction.country,
      kind: kind as NoticeKind,
      language: language as Language,
      letterhead: { ...head, name: head.names[language as Language] ?? head.name },
      template,
      allocation: jurisdiction.ledger.allocation,
    });
  }
  return settings;
}

async function read<T extends z.ZodType>(file: string, schema: T): Promise<z.output<T>> {
  let content: unknown;
  try {
    content = await readSettingsFile(file);
  } catch (error) {
    throw fault(file, (error as Error).message);
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw fault(file, `${first!.path.map(String).join('.')} ${first!.message}`);
}

function requireWhole(file: string, kind: NoticeKind, template: NoticeTemplate): void {
  const [missing] = kind === 'validation-notice' ? validationFaults(template) : [];
  if (missing !== undefined) throw fault(file, missing);
}

function requireWritable(file: string, texts: readonly string[], unwritable: Unwritable): void {
  const signs = texts.flatMap((text) => unwritable(text.replaceAll('\n', ' ')));
  if (signs.length > 0) throw fault(file, `has signs that the letters' font does not have: ${signs.join(', ')}`);
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function fault(file: string, reason: string): Refusal {
  return new Refusal('configuration', `${file}: ${reason}`);
}
