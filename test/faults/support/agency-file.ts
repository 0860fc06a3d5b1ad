import type { PartnerRecord } from '@concord/plugin-sdk';
import agencyAim from '@concord/plugin-agency-aim';
import type { TestAgencies } from '../../support/test-agencies.js';
import { TODAY } from '../../support/test-office.js';

/** A file as the agency writes it, to be damaged before it is left. */
export async function agencyFile(
  agencies: TestAgencies,
  kind: string,
  records: readonly PartnerRecord[],
): Promise<Buffer> {
  const settings = agencyAim.settings.parse((await agencies.connector()).body.settings);
  const format = agencyAim.inbound.find((each) => each.kind === kind)!.format(settings);
  const chunks: Uint8Array[] = [];
  const written = format.encode(records, { file: kind, date: TODAY }, (fault) => {
    throw new Error(JSON.stringify(fault));
  });
  for await (const chunk of written) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A name that the connector takes for this kind of file. */
export async function agencyFileName(agencies: TestAgencies, kind: string, number: string): Promise<string> {
  const settings = agencyAim.settings.parse((await agencies.connector()).body.settings);
  return agencyAim.inbound
    .find((each) => each.kind === kind)!
    .match(settings)
    .replace('*', number);
}
