/** What a new plugin is called. */
export interface PluginNames {
  /** Permanent: settings and positions are kept under it. */
  readonly id: string;
  readonly family: string;
  readonly title: string;
}

/** Something that was asked for and can't be done; told in one line. */
export class Refused extends Error {}

const LONGEST_ID = 40;
const LONGEST_TITLE = 80;
/** Folders beside plugins and beside simulated partners that are neither. */
const RESERVED = ['sdk', 'sftp', 'bureau', 'agency', 'plugin', 'concord', 'core'];

/**
 * Names from what was typed: family and title are made from the id where they are left out.
 *
 * @throws Refused with what is wrong
 */
export function pluginNames(id: string, given: { readonly family?: string; readonly title?: string }): PluginNames {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id) || id.length > LONGEST_ID) {
    throw new Refused(`${JSON.stringify(id)} is no id: up to ${LONGEST_ID} small letters, digits and single hyphens`);
  }
  if (RESERVED.includes(id)) throw new Refused(`${id} is the name of something else`);
  const family = given.family ?? 'collection-agency';
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(family) || family.length > LONGEST_ID) {
    throw new Refused(`${JSON.stringify(family)} is no family: small letters, digits and single hyphens`);
  }
  const title = given.title ?? capitalised(id);
  // It stands in code, in YAML and in headings, and is written there as it is.
  if (!/^[\p{L}\p{N}][\p{L}\p{N} .,()&/-]*$/u.test(title) || title.length > LONGEST_TITLE) {
    throw new Refused(
      `${JSON.stringify(title)} is no title: up to ${LONGEST_TITLE} letters, digits, blanks and .,()&/-`,
    );
  }
  return { id, family, title };
}

function capitalised(id: string): string {
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
