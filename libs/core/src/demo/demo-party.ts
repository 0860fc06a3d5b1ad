import type { IntakeParty } from '../cases/domain/intake-party.js';
import { addDays } from '../calendar/domain/iso-date.js';
import { neverIssuedSin, neverIssuedSsn } from './never-issued.js';
import type { OfficeProfile } from './office-profile.js';
import { BUSINESS_NAMES, TRADES } from './profiles/names.js';
import type { SeededRandom } from './seeded-random.js';

/** Shares of what sources leave out. */
const NO_ADDRESS = 0.02;
const NO_TELEPHONE = 0.2;
const NO_IDENTIFIER = 0.18;
const NO_DATE_OF_BIRTH = 0.15;
/** Share of businesses whose legal name is another than the one over their door. */
const TRADES_OTHERWISE = 0.3;

/** Invents the people and businesses of one office, each with a key and identifiers of its own. */
export class DemoParties {
  private debtors = 0;
  private persons = 0;

  constructor(
    private readonly office: OfficeProfile,
    private readonly random: SeededRandom,
    private readonly asOf: string,
    /** A sequence of its own, so that everything else about the parties is the same with and without what it adds. */
    private readonly details: SeededRandom,
  ) {}

  debtor(kind: IntakeParty['kind']): IntakeParty {
    this.debtors += 1;
    const sourceReference = `P${this.debtors.toString().padStart(6, '0')}`;
    const address = this.random.chance(NO_ADDRESS) ? null : this.address();
    return kind === 'person' ? this.person(sourceReference, address) : this.business(sourceReference, address);
  }

  /** Somebody at the same address who owes the same debt: a partner, a relative, a business's owner. */
  coDebtorOf(debtor: IntakeParty): IntakeParty {
    const other = this.person(`${debtor.sourceReference}-2`, debtor.address);
    const shareName = debtor.kind === 'person' && this.random.chance(0.7);
    return {
      ...other,
      surname: shareName ? debtor.surname : other.surname,
      generation: null,
      telephone: debtor.telephone,
    };
  }

  /** A resident of old age whose letters go to somebody who acts for them: a deputy, or an attorney. */
  actedFor(party: IntakeParty): IntakeParty {
    const { details, office, asOf } = this;
    if (party.address === null) return party;
    const name = `${details.pick(office.firstNames)} ${details.pick(office.surnames)}`;
    const { line1, line2 } = party.address;
    return {
      ...party,
      dateOfBirth: party.dateOfBirth === null ? null : addDays(asOf, -details.whole(66 * 366, 97 * 365)),
      address: {
        ...party.address,
        line1: `c/o ${name} (${details.pick(['deputy', 'attorney'])})`,
        line2: line2 === null ? line1 : `${line2}, ${line1}`,
      },
    };
  }

  private person(sourceReference: string, address: IntakeParty['address']): IntakeParty {
    const { random, office } = this;
    this.persons += 1;
    const identifier = random.chance(NO_IDENTIFIER) ? null : office.identifier;
    return {
      sourceReference,
      kind: 'person',
      surname: random.pick(office.surnames),
      firstName: random.pick(office.firstNames),
      middleName: random.chance(0.4) ? random.pick(office.firstNames) : null,
      generation: office.country === 'US' && random.chance(0.04) ? random.pick(['Jr', 'Sr', 'III']) : null,
      address,
      telephone: this.telephone(),
      ssn: identifier?.kind === 'ssn' ? neverIssuedSsn(this.persons, identifier.firstArea) : null,
      sin: identifier?.kind === 'sin' ? neverIssuedSin(this.persons) : null,
      dateOfBirth: random.chance(NO_DATE_OF_BIRTH) ? null : addDays(this.asOf, -random.whole(20 * 366, 88 * 365)),
    };
  }

  private business(sourceReference: string, address: IntakeParty['address']): IntakeParty {
    const { random, office, details } = this;
    const door = `${random.pick(BUSINESS_NAMES)} ${random.pick(TRADES)}`;
    const suffix = random.pick(office.companySuffixes);
    const holding = `${details.pick(office.surnames)} ${details.pick(['Holdings', 'Ventures', 'Services'])} ${suffix}`;
    return {
      sourceReference,
      kind: 'business',
      surname: details.chance(TRADES_OTHERWISE) ? `${holding} ${office.tradingAs} ${door}` : `${door} ${suffix}`,
      firstName: null,
      middleName: null,
      generation: null,
      address,
      telephone: this.telephone(),
      ssn: null,
      sin: null,
      dateOfBirth: null,
    };
  }

  private address(): NonNullable<IntakeParty['address']> {
    const { random, office } = this;
    const { city, region, postalCodes } = random.pick(office.places);
    return {
      line1: `${random.whole(1, 180) * (office.country === 'GB' ? 1 : 7)} ${random.pick(office.streets)}`,
      line2: random.chance(0.22) ? `${office.country === 'GB' ? 'Flat' : 'Apt'} ${random.whole(1, 40)}` : null,
      city,
      region,
      postalCode: this.filled(random.pick(postalCodes)),
      country: office.country,
    };
  }

  private telephone(): string | null {
    return this.random.chance(NO_TELEPHONE) ? null : this.filled(this.random.pick(this.office.telephones));
  }

  /** Letters are those that postal codes of both Canada and the United Kingdom use. */
  private filled(pattern: string): string {
    return pattern.replace(/[#@]/g, (mark) =>
      mark === '#' ? `${this.random.whole(0, 9)}` : this.random.pick([...'ABEGHJLNPRST']),
    );
  }
}
