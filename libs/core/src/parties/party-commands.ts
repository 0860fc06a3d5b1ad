import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import type { AskedBy } from '../cases/case-commands.js';
import { officeDate } from '../configuration/office-date.js';
import { rows } from '../database/sql.js';
import type { Clock } from '../platform/clock.js';
import { inTransaction } from '../platform/in-transaction.js';
import { Refusal } from '../platform/errors.js';
import { CLOCK, GATEWAY_DATABASE } from '../platform/tokens.js';
import { acceptContact } from './accept-contact.js';
import type { AcceptanceOrder, AcceptedContact } from './accept-contact.js';
import type { AddedDetail } from './added-before.js';
import { addName } from './add-name.js';
import type { NameOrder } from './add-name.js';
import { addAddress, markAddress } from './addresses.js';
import type { AddressMark, AddressOrder } from './addresses.js';
import { recordConsent } from './consents.js';
import type { ConsentOrder } from './consents.js';
import { addContactPoint, changeContactPoint, locateContactPoint } from './contact-points.js';
import type { ContactPointChange, ContactPointOrder } from './contact-points.js';
import { decideDistinct } from './matching/decided-distinct.js';
import type { DistinctOrder } from './matching/decided-distinct.js';
import { mergeParties } from './merging/merge-parties.js';
import type { MadeMerge, MergeOrder } from './merging/merge-parties.js';
import { undoMerge } from './merging/undo-merge.js';
import { readGroup } from './party-group.js';

/** Who asks, and when it is. */
type Context = AskedBy & { readonly at: Date };

/** What people record of parties, each change in one transaction with its events. */
@Injectable()
export class PartyCommands {
  constructor(
    @Inject(GATEWAY_DATABASE) private readonly gateway: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal as {@link addName} */
  addName(by: AskedBy, order: NameOrder): Promise<AddedDetail> {
    return this.change(by, (manager, context) => addName(manager, context, order));
  }

  /** @throws Refusal as {@link addAddress}, or `date-in-future` */
  async addAddress(
    by: AskedBy,
    order: Omit<AddressOrder, 'since'> & { readonly since: IsoDate | null },
  ): Promise<AddedDetail> {
    const today = await this.todayOf(order.partyId);
    refuseFuture(today, [order.since, order.verifiedOn]);
    return this.change(by, (manager, context) =>
      addAddress(manager, context, { ...order, since: order.since ?? today }),
    );
  }

  /** @throws Refusal as {@link markAddress}, or `date-in-future` */
  async markAddress(by: AskedBy, mark: AddressMark): Promise<{ readonly id: string }> {
    refuseFuture(await this.todayOf(mark.partyId), [mark.verifiedOn, mark.returnedOn, mark.until]);
    return this.change(by, (manager, context) => markAddress(manager, context, mark));
  }

  /** @throws Refusal as {@link addContactPoint}, or `date-in-future` */
  async addContactPoint(
    by: AskedBy,
    order: Omit<ContactPointOrder, 'since'> & { readonly since: IsoDate | null },
  ): Promise<AddedDetail> {
    const today = await this.todayOf(order.partyId);
    refuseFuture(today, [order.since]);
    return this.change(by, (manager, context) =>
      addContactPoint(manager, context, { ...order, since: order.since ?? today }),
    );
  }

  /** @throws Refusal as {@link changeContactPoint}, or `date-in-future` */
  async changeContactPoint(by: AskedBy, change: ContactPointChange): Promise<{ readonly changed: boolean }> {
    refuseFuture(await this.todayOfContactPoint(change.contactPointId), [change.until ?? null]);
    return this.change(by, (manager, context) => changeContactPoint(manager, context, change));
  }

  /** @throws Refusal as {@link recordConsent}, or `date-in-future` */
  async recordConsent(
    by: AskedBy,
    order: Omit<ConsentOrder, 'on'> & { readonly on: IsoDate | null },
  ): ReturnType<typeof recordConsent> {
    const today = await this.todayOfContactPoint(order.contactPointId);
    refuseFuture(today, [order.on]);
    return this.change(by, (manager, context) => recordConsent(manager, context, { ...order, on: order.on ?? today }));
  }

  /** @throws Refusal as {@link mergeParties} */
  merge(by: AskedBy, order: MergeOrder): Promise<MadeMerge> {
    return this.change(by, (manager, context) => mergeParties(manager, context, order));
  }

  /** @throws Refusal as {@link undoMerge} */
  undoMerge(by: AskedBy, mergeId: string, reason: string): Promise<{ readonly undone: boolean }> {
    return this.change(by, (manager, context) => undoMerge(manager, context, mergeId, reason));
  }

  /** @throws Refusal as {@link decideDistinct} */
  decideDistinct(by: AskedBy, order: DistinctOrder): Promise<{ readonly decided: boolean }> {
    return this.change(by, (manager, context) => decideDistinct(manager, context, order));
  }

  /** @throws Refusal as {@link acceptContact} */
  async acceptContact(by: AskedBy, order: Omit<AcceptanceOrder, 'today'>): Promise<AcceptedContact> {
    const [proposal] = await rows<{ jurisdiction_id: string }>(
      this.gateway,
      'select jurisdiction_id from cases.proposal where id = $1',
      [order.proposalId],
    );
    if (!proposal) throw new Refusal('proposal-unknown', `no proposal has the id ${order.proposalId}`);
    const today = await officeDate(this.gateway, this.clock, proposal.jurisdiction_id);
    return this.change(by, (manager, context) => acceptContact(manager, context, { ...order, today }));
  }

  private change<T>(by: AskedBy, work: (manager: EntityManager, context: Context) => Promise<T>): Promise<T> {
    const context = { ...by, at: this.clock.now() };
    return inTransaction(this.gateway, (manager) => work(manager, context));
  }

  private async todayOf(partyId: string): Promise<IsoDate> {
    const { jurisdictionId } = await readGroup(this.gateway, partyId);
    return officeDate(this.gateway, this.clock, jurisdictionId);
  }

  private async todayOfContactPoint(id: string): Promise<IsoDate> {
    return this.todayOf((await locateContactPoint(this.gateway, id)).partyId);
  }
}

function refuseFuture(today: IsoDate, dates: readonly (IsoDate | null)[]): void {
  const wrong = dates.find((date) => date !== null && date > today);
  if (wrong) throw new Refusal('date-in-future', `${wrong} is after ${today}, the office's today`);
}
