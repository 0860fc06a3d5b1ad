const CODE_BY_NAME: ReadonlyMap<string, string> = new Map([
  ['retail', '01'],
  ['medical', '02'],
  ['oil', '03'],
  ['government', '04'],
  ['personal-services', '05'],
  ['insurance', '06'],
  ['educational', '07'],
  ['banking', '08'],
  ['rental', '09'],
  ['utilities', '10'],
  ['cable-cellular', '11'],
  ['financial', '12'],
  ['credit-union', '13'],
  ['automotive', '14'],
  ['check-guarantee', '15'],
]);

/** The original creditor's trade. */
export const CREDITOR_CLASSES: readonly string[] = [...CODE_BY_NAME.values()];

/** The code for a classification given as code or by name (`04`, `government`), or null when neither is known. */
export function creditorClassification(classification: string): string | null {
  const wanted = classification.trim().toLowerCase();
  if (CREDITOR_CLASSES.includes(wanted)) return wanted;
  return CODE_BY_NAME.get(wanted) ?? null;
}
