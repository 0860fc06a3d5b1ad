/** What a name is to a party besides the one that its source says. */
export const NAME_KINDS = ['legal', 'former', 'birth', 'trading-as', 'nickname', 'also-known-as'] as const;
export type NameKind = (typeof NAME_KINDS)[number];

export const ADDRESS_KINDS = ['residence', 'mailing', 'work', 'registered', 'premises', 'other'] as const;
export type AddressKind = (typeof ADDRESS_KINDS)[number];

/** Where an address or a contact point is known from. */
export const DETAIL_SOURCES = ['host-system', 'debtor', 'officer', 'agency', 'returned-mail', 'registry'] as const;
export type DetailSource = (typeof DETAIL_SOURCES)[number];

/** `post` stands for letters to whatever address is current. */
export const CONTACT_KINDS = ['telephone', 'email', 'post'] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

/** What somebody may have agreed to be contacted for. */
export const CONSENT_PURPOSES = ['collection', 'notices', 'reminders'] as const;
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number];

export const CONSENT_STATES = ['given', 'withdrawn'] as const;
export type ConsentState = (typeof CONSENT_STATES)[number];

export const CONSENT_WAYS = ['letter', 'call', 'online', 'in-person', 'form'] as const;
export type ConsentWay = (typeof CONSENT_WAYS)[number];
