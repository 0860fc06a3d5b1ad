import type { IsoDate } from '@concord/plugin-sdk';
import { addDays } from '../../calendar/domain/iso-date.js';
import { formatMoney } from '../../money/domain/format-money.js';
import { addressLines } from './address.js';
import { itemisedBalance } from './itemise.js';
import type { LetterFacts } from './position.js';
import type { NoticeSetting } from './setting.js';
import { fieldsIn, fill, hasTable, templateTexts } from './template.js';
import type { Field, TemplateBlock } from './template.js';
import { wordsOf } from './words.js';

/** A row of a table: what it is, and how much. */
export interface LetterRow {
  readonly label: string;
  readonly amount: string;
  /** The row that the others come to. */
  readonly total: boolean;
}

export type LetterBlock =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'rows'; readonly rows: readonly LetterRow[] };

/** All that stands in a letter, in its order, as text. */
export interface Letter {
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** Labels with their values: date, references. */
  readonly particulars: readonly (readonly [string, string])[];
  readonly title: string;
  readonly blocks: readonly LetterBlock[];
}

/** A letter's amounts and dates as its readers write them. */
interface Writing {
  readonly money: (minor: number) => string;
  readonly date: (on: IsoDate) => string;
}

/** The font of letters has no narrow no-break space, which some locales put between thousands. */
const plainSpaces = (text: string): string => text.replaceAll('\u202f', '\u00a0');

const DAYS = new Map<string, Intl.DateTimeFormat>();

function daysOf(locale: string): Intl.DateTimeFormat {
  let days = DAYS.get(locale);
  if (days === undefined) {
    DAYS.set(locale, (days = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })));
  }
  return days;
}

function writingOf({ language, country }: NoticeSetting, currency: string): Writing {
  const locale = `${language}-${country}`;
  const days = daysOf(locale);
  return {
    money: (minor) => plainSpaces(formatMoney(minor, currency, locale)),
    date: (on) => plainSpaces(days.format(new Date(`${on}T00:00:00Z`))),
  };
}

/** What a field stands for; null where there is nothing to put in its place. */
function valueOf(field: Field, facts: LetterFacts, setting: NoticeSetting, noticeNumber: string): string | null {
  const { on, addressee, debt, balance, itemisation } = facts;
  const { letterhead, template } = setting;
  const { money, date } = writingOf(setting, debt.currency);
  switch (field) {
    case 'office.name':
      return letterhead.name;
    case 'office.telephone':
      return letterhead.telephone;
    case 'addressee.name':
      return addressee.name;
    case 'notice.number':
      return noticeNumber;
    case 'date':
      return date(on);
    case 'respond-by':
      return date(addDays(on, template.respondWithinDays!));
    case 'pay-by':
      return date(addDays(on, template.payWithinDays!));
    case 'debt.number':
      return String(debt.number);
    case 'debt.reference':
      return debt.reference;
    case 'debt.type':
      return template.debtTypes[debt.type] ?? null;
    case 'debt.creditor':
      return debt.creditor;
    case 'debt.incurred-on':
      return debt.incurredOn === null ? null : date(debt.incurredOn);
    case 'balance.total':
      return money(balance.totalMinor);
    case 'balance.principal':
      return money(balance.principalMinor);
    case 'balance.interest':
      return money(balance.interestMinor);
    case 'balance.fees':
      return money(balance.feeMinor);
    case 'balance.costs':
      return money(balance.costMinor);
    case 'itemisation.on':
      return itemisation === null ? null : date(itemisation.on);
    case 'itemisation.balance':
      return itemisation === null ? null : money(itemisation.balanceMinor);
  }
}

/** The first field or table of a letter for which there is nothing; null where the letter can be written whole. */
export function missingField(facts: LetterFacts, setting: NoticeSetting): string | null {
  const { title, body } = setting.template;
  const named = templateTexts({ ...setting.template, title, body, debtTypes: {} }).flatMap(fieldsIn) as Field[];
  const field = named.find((name) => valueOf(name, facts, setting, '0') === null);
  if (field !== undefined) return field;
  return facts.itemisation === null && hasTable(setting.template, 'itemisation') ? 'itemisation' : null;
}

/**
 * The letter about a debt on a day. The same facts, setting and number are the same letter.
 *
 * @param noticeNumber what the notice is called on the letter
 * @throws Error for a field that {@link missingField} names
 */
export function composeLetter(facts: LetterFacts, setting: NoticeSetting, noticeNumber: string): Letter {
  const { letterhead, template, language, country } = setting;
  const words = wordsOf(language);
  const written = (text: string): string =>
    fill(text, (field) => {
      const value = valueOf(field, facts, setting, noticeNumber);
      if (value === null) throw new Error(`the letter has nothing for ${field}`);
      return value;
    });
  return {
    from: [letterhead.name, ...letterhead.address, letterhead.telephone],
    to: [facts.addressee.name, ...addressLines(facts.addressee.address, country, language)],
    particulars: [
      [words.date, written('{date}')],
      [words.reference, facts.debt.reference],
      [words.account, String(facts.debt.number)],
      [words.notice, noticeNumber],
    ],
    title: written(template.title),
    blocks: template.body.map((block) => blockOf(block, facts, setting, written)),
  };
}

function blockOf(
  block: TemplateBlock,
  facts: LetterFacts,
  setting: NoticeSetting,
  written: (text: string) => string,
): LetterBlock {
  if ('heading' in block) return { kind: 'heading', text: written(block.heading) };
  if ('text' in block) return { kind: 'text', text: written(block.text) };
  return { kind: 'rows', rows: ROWS[block.table](facts, setting) };
}

const ROWS = { balance: balanceRows, itemisation: itemisationRows, payments: paymentRows } as const;

/** What makes up the balance: what is zero is left out, the total never. */
function balanceRows({ balance, debt }: LetterFacts, setting: NoticeSetting): readonly LetterRow[] {
  const { money } = writingOf(setting, debt.currency);
  const words = wordsOf(setting.language).balance;
  const parts: readonly (readonly [string, number])[] = [
    [words.principal, balance.principalMinor],
    [words.interest, balance.interestMinor],
    [words.fees, balance.feeMinor],
    [words.costs, balance.costMinor],
  ];
  return [
    ...parts
      .filter(([, minor]) => minor !== 0)
      .map(([label, minor]) => ({ label, amount: money(minor), total: false })),
    { label: words.total, amount: money(balance.totalMinor), total: true },
  ];
}

/** Every line of an itemisation, also those that are zero: that nothing was added is part of what it says. */
function itemisationRows({ itemisation, debt, on }: LetterFacts, setting: NoticeSetting): readonly LetterRow[] {
  if (itemisation === null) throw new Error('the letter has nothing for itemisation');
  const { money, date } = writingOf(setting, debt.currency);
  const words = wordsOf(setting.language).itemisation;
  const row = (label: string, minor: number, total = false): LetterRow => ({ label, amount: money(minor), total });
  return [
    row(words.owedOn(date(itemisation.on)), itemisation.balanceMinor),
    row(words.interest, itemisation.interestSinceMinor),
    row(words.fees, itemisation.feesSinceMinor),
    row(words.payments, 0 - itemisation.paymentsSinceMinor),
    row(words.credits, 0 - itemisation.creditsSinceMinor),
    row(words.total(date(on)), itemisedBalance(itemisation), true),
  ];
}

function paymentRows(
  { payments, earlierPaymentsMinor, debt }: LetterFacts,
  setting: NoticeSetting,
): readonly LetterRow[] {
  const { money, date } = writingOf(setting, debt.currency);
  const words = wordsOf(setting.language).payments;
  const rows = payments.map(({ on, amountMinor }) => ({
    label: amountMinor < 0 ? words.takenBack(date(on)) : words.on(date(on)),
    amount: money(amountMinor),
    total: false,
  }));
  const earlier = { label: words.earlier, amount: money(earlierPaymentsMinor), total: false };
  if (earlierPaymentsMinor !== 0) return [earlier, ...rows];
  return rows.length > 0 ? rows : [{ label: words.none, amount: '', total: false }];
}
