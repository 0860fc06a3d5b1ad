import type { TestDatabase } from '../../support/test-database.js';

/** A person or business that owes a debt. */
export interface OwingParty {
  readonly id: string;
  readonly role: string;
  readonly kind: string;
  /** Whether a bureau can tell them from others, by number or date of birth. */
  readonly identified: boolean;
}

/** Whatever was recorded of a debt, and when. */
interface Recorded {
  readonly recordedAt: Date;
}

export interface StoredEntry extends Recorded {
  readonly effectMinor: number;
}

/** A stop or a payment plan, as stored. */
export interface StoredStop extends Recorded {
  readonly kind: string;
  readonly scope: 'case' | 'debt' | 'party';
  readonly subjectId: string;
  /** The one party of the debt that it is about; null for all. */
  readonly partyId: string | null;
  readonly startsOn: string;
  readonly endsOn: string | null;
  /** First day on which it is lifted. */
  readonly liftedOn: string | null;
  readonly details: { readonly [name: string]: unknown };
}

export interface StoredProof extends Recorded {
  readonly kind: string;
  readonly on: string;
  readonly subject: string | null;
  /** How a hearing left the debt; null for every other proof. */
  readonly outcome: string | null;
}

/** All that is stored of one debt, as far as rules on reports and placements look at it. Money in minor units. */
export interface StoredDebt {
  readonly id: string;
  readonly reference: string;
  readonly caseId: string;
  readonly fromContract: boolean | null;
  readonly creditorName: string | null;
  readonly creditorClass: string | null;
  readonly delinquentOn: string | null;
  readonly itemisedOn: string | null;
  readonly parties: readonly OwingParty[];
  readonly entries: readonly StoredEntry[];
  readonly stops: readonly StoredStop[];
  readonly proofs: readonly StoredProof[];
}

type OfDebt<T> = T & { readonly debtId: string };

/** Reads the debts of an office from the tables of the case core, by its own queries: no view, no code of the product's. */
export async function storedDebts({ asOwner }: TestDatabase, office: string): Promise<StoredDebt[]> {
  const debts = await asOwner<Omit<StoredDebt, 'parties' | 'entries' | 'stops' | 'proofs'>>(
    `select id, source_reference as reference, case_id as "caseId", arose_from_contract as "fromContract",
            original_creditor_name as "creditorName", original_creditor_classification as "creditorClass",
            delinquent_on as "delinquentOn", itemised_on as "itemisedOn"
     from cases.debt where jurisdiction_id = $1 order by source_reference`,
    [office],
  );
  const parties = await asOwner<OfDebt<OwingParty>>(
    `select o.debt_id as "debtId", p.id, o.role, p.kind,
            exists (select 1 from cases.party_identifier i
                    where i.party_id = p.id and i.kind in ('ssn', 'date-of-birth')) as identified
     from cases.debt_party o join cases.party p on p.id = o.party_id where p.jurisdiction_id = $1`,
    [office],
  );
  const entries = await asOwner<OfDebt<StoredEntry>>(
    `select e.debt_id as "debtId", e.effect_minor as "effectMinor", e.recorded_at as "recordedAt"
     from cases.ledger_entry e join cases.debt d on d.id = e.debt_id where d.jurisdiction_id = $1`,
    [office],
  );
  const stops = await asOwner<StoredStop>(
    `select s.kind, s.scope, s.subject_id as "subjectId", s.party_id as "partyId", s.starts_on as "startsOn",
            s.ends_on as "endsOn", s.lifted_on as "liftedOn", s.details, s.recorded_at as "recordedAt"
     from cases.stop s join cases.case_file c on c.id = s.case_id where c.jurisdiction_id = $1
     union all
     select 'arrangement', 'debt', o.debt_id, null, a.agreed_on, null, a.ended_on,
            jsonb_build_object('acts', to_jsonb(a.holds_back)), a.recorded_at
     from cases.arrangement a join cases.arrangement_debt o on o.arrangement_id = a.id where a.jurisdiction_id = $1`,
    [office],
  );
  const proofs = await asOwner<OfDebt<StoredProof>>(
    `select p.debt_id as "debtId", p.kind, p.happened_on as "on", p.subject, p.outcome, p.recorded_at as "recordedAt"
     from cases.proof p join cases.debt d on d.id = p.debt_id where d.jurisdiction_id = $1`,
    [office],
  );
  const ofDebt = <T extends { readonly debtId: string }>(all: readonly T[], id: string) =>
    all.filter(({ debtId }) => debtId === id);
  return debts.map((debt) => {
    const owing = ofDebt(parties, debt.id);
    const subjects = new Set([debt.id, debt.caseId, ...owing.map(({ id }) => id)]);
    return {
      ...debt,
      parties: owing,
      entries: ofDebt(entries, debt.id),
      stops: stops.filter(({ subjectId }) => subjects.has(subjectId)),
      proofs: ofDebt(proofs, debt.id),
    };
  });
}

/** A debt as it was stored at an instant. That a stop was lifted or a plan ended is told by its day alone. */
export function asStoredAt(debt: StoredDebt, at: Date): StoredDebt {
  const known = <T extends Recorded>(all: readonly T[]) => all.filter(({ recordedAt }) => recordedAt <= at);
  return { ...debt, entries: known(debt.entries), stops: known(debt.stops), proofs: known(debt.proofs) };
}
