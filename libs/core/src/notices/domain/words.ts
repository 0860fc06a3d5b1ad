import type { Language } from './notice-kind.js';

/** What every letter says in the same words. */
export interface LetterWords {
  readonly date: string;
  readonly reference: string;
  readonly account: string;
  readonly notice: string;
  readonly page: (page: number, of: number) => string;
  /** Stands on every page of what was not released. */
  readonly draft: string;
  readonly balance: {
    readonly principal: string;
    readonly interest: string;
    readonly fees: string;
    readonly costs: string;
    readonly total: string;
  };
  readonly itemisation: {
    readonly owedOn: (date: string) => string;
    readonly interest: string;
    readonly fees: string;
    readonly payments: string;
    readonly credits: string;
    readonly total: (date: string) => string;
  };
  readonly payments: {
    readonly none: string;
    readonly earlier: string;
    readonly on: (date: string) => string;
    readonly takenBack: (date: string) => string;
  };
}

const WORDS: Readonly<Record<Language, LetterWords>> = {
  en: {
    date: 'Date',
    reference: 'Reference',
    account: 'Account',
    notice: 'Notice',
    page: (page, of) => `Page ${page} of ${of}`,
    draft: 'DRAFT - not released',
    balance: {
      principal: 'Principal',
      interest: 'Interest',
      fees: 'Fees',
      costs: 'Costs',
      total: 'Total owed',
    },
    itemisation: {
      owedOn: (date) => `Owed on ${date}`,
      interest: 'Interest since then',
      fees: 'Fees since then',
      payments: 'Payments since then',
      credits: 'Credits since then',
      total: (date) => `Owed on ${date}`,
    },
    payments: {
      none: 'No payment was received.',
      earlier: 'Earlier payments',
      on: (date) => `Payment of ${date}`,
      takenBack: (date) => `Payment taken back on ${date}`,
    },
  },
  fr: {
    date: 'Date',
    reference: 'Référence',
    account: 'Compte',
    notice: 'Avis',
    page: (page, of) => `Page ${page} de ${of}`,
    draft: 'ÉBAUCHE - non émis',
    balance: {
      principal: 'Principal',
      interest: 'Intérêts',
      fees: 'Frais',
      costs: 'Débours',
      total: 'Total dû',
    },
    itemisation: {
      owedOn: (date) => `Dû le ${date}`,
      interest: 'Intérêts depuis',
      fees: 'Frais depuis',
      payments: 'Paiements depuis',
      credits: 'Crédits depuis',
      total: (date) => `Dû le ${date}`,
    },
    payments: {
      none: "Aucun paiement n'a été reçu.",
      earlier: 'Paiements antérieurs',
      on: (date) => `Paiement du ${date}`,
      takenBack: (date) => `Paiement annulé le ${date}`,
    },
  },
};

export function wordsOf(language: Language): LetterWords {
  return WORDS[language];
}
