/** Says that something was used that depends on the machine. */
type Seen = (effect: string) => void;

type AnyFunction = (...all: unknown[]) => unknown;

/** Methods of a date that read or write it in the machine's time zone. */
const IN_LOCAL_TIME =
  /^(?:[gs]et(?:FullYear|Year|Month|Date|Day|Hours|Minutes)|getTimezoneOffset|to(?:Date|Time)?String)$/;

/**
 * Sees everything that depends on the machine's time zone or language: the same file must come out in every office and on
 * every server. Naming a time zone or a language is no effect.
 *
 * @returns what puts everything back
 */
export function watchPlace(seen: Seen): () => void {
  const restore: (() => void)[] = [];
  const watch = (owner: object, key: string, effect: string, isEffect: (parameters: unknown[]) => boolean): void => {
    const descriptor = Object.getOwnPropertyDescriptor(owner, key);
    const original = descriptor?.value as unknown;
    if (descriptor === undefined || typeof original !== 'function') return;
    const look = (parameters: unknown[]): void => {
      if (isEffect(parameters)) seen(effect);
    };
    const watched: AnyFunction = new Proxy(original as AnyFunction, {
      apply(target, self, parameters: unknown[]) {
        look(parameters);
        return Reflect.apply(target, self, parameters);
      },
      construct(target, parameters: unknown[], newTarget: AnyFunction) {
        look(parameters);
        return Reflect.construct(target, parameters, newTarget === watched ? target : newTarget) as object;
      },
    });
    Object.defineProperty(owner, key, { ...descriptor, value: watched });
    restore.push(() => Object.defineProperty(owner, key, descriptor));
  };

  for (const key of Object.getOwnPropertyNames(Date.prototype)) {
    if (IN_LOCAL_TIME.test(key)) watch(Date.prototype, key, `Date.${key} (the machine's time zone)`, () => true);
  }
  for (const key of ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString']) {
    watch(Date.prototype, key, `Date.${key} (the machine's time zone or language)`, (given) => !isPlaced(given));
  }
  watch(String.prototype, 'localeCompare', "String.localeCompare (the machine's language)", ([, locale]) => !locale);
  for (const key of ['toLocaleUpperCase', 'toLocaleLowerCase']) {
    watch(String.prototype, key, `String.${key} (the machine's language)`, ([locale]) => !locale);
  }
  watch(Number.prototype, 'toLocaleString', "Number.toLocaleString (the machine's language)", ([locale]) => !locale);
  watch(
    Intl,
    'DateTimeFormat',
    "Intl.DateTimeFormat (the machine's time zone or language)",
    (given) => !isPlaced(given),
  );
  for (const key of ['NumberFormat', 'Collator', 'PluralRules', 'ListFormat', 'RelativeTimeFormat', 'Segmenter']) {
    watch(Intl, key, `Intl.${key} (the machine's language)`, ([locale]) => !locale);
  }
  return () => {
    for (const undo of restore.reverse()) undo();
  };
}

/** Whether language and time zone are named. */
function isPlaced([locale, options]: unknown[]): boolean {
  return Boolean(locale) && Boolean((options as { readonly timeZone?: unknown } | undefined)?.timeZone);
}

/** Whether a text is read as a time of the machine's zone: a date with a time and without a zone, or no ISO date. */
export function isLocalTime(text: string): boolean {
  return !/^(?:[+-]\d{2})?\d{4}(?:-\d{2}){0,2}$/.test(text) && !/(?:Z|[+-]\d{2}:?\d{2})$/.test(text);
}
