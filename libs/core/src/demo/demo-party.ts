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

/** Invents the people and businesses of one office, each with a key and identifiers of its own. */
export class DemoParties {
  private debtors = 0;
  private persons = 0;

  constructor(
    private readonly office: OfficeProfile,
    private readonly random: SeededRandom,
    private readonly asOf: string,
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
    const { random, office } = this;
    return {
      sourceReference,
      kind: 'business',
      surname: `${random.pick(BUSINESS_NAMES)} ${random.pick(TRADES)} ${random.pick(office.companySuffixes)}`,
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
