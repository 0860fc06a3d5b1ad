import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { Act } from '@concord/plugin-sdk';
import type { Jurisdiction } from '../configuration/jurisdiction-file.js';
import { FieldCipher } from '../crypto/field-cipher.js';
import { rows } from '../database/sql.js';
import { officeDate } from '../configuration/office-date.js';
import type { Clock } from '../platform/clock.js';
import { inTransaction } from '../platform/in-transaction.js';
import { Refusal } from '../platform/errors.js';
import { CLOCK, GATEWAY_DATABASE, JURISDICTIONS } from '../platform/tokens.js';
import { exclusiveGroup } from '../rules/domain/exclusive-acts.js';
import { isProofWord } from '../rules/domain/register/proof-words.js';
import { firstReviewOn } from '../strategies/domain/strategy.js';
import { locateDebt } from './case-lookup.js';
import { changeStopDetails } from './change-stop-details.js';
import type { StopDetailChange } from './change-stop-details.js';
import { recordDischarge } from './discharge.js';
import type { DischargeOrder, RecordedDischarge } from './discharge.js';
import type { IntakeRow } from './domain/intake-row.js';
import { NO_DETAILS } from './domain/proof.js';
import type { ProofDetails } from './domain/proof.js';
import { stopDetailFaults } from './domain/stop-details.js';
import { importFile } from './import-file.js';
import type { ImportSummary } from './import-file.js';
import { setItemisation } from './itemisation.js';
import type { ItemisationOrder, SetItemisation } from './itemisation.js';
import { postPayment } from './payments.js';
import type { PaymentOrder, PostedPayment } from './payments.js';
import { recordProof } from './proofs.js';
import type { ProofOrder, RecordedProof } from './proofs.js';
import { makeReferrals, referredTo, withdrawReferral } from './referrals.js';
import type { ReferralOrder } from './referrals.js';
import { registerDebts } from './registration.js';
import { liftStop, placeStop } from './stops.js';
import type { StopOrder } from './stops.js';
import { takeProofBack } from './withdraw-proof.js';
import type { ProofWithdrawal } from './withdraw-proof.js';

/** Who asks for a change, and under which correlation id. */
export interface AskedBy {
  readonly actor: string;
  readonly correlationId: string;
}

/** Acts of which a partner is told the whole debt, and what a cap would do there. */
const WHOLE_DEBT: { readonly [act in Act]?: string } = {
  report: 'what is reported is the whole balance: a cap would make it inaccurate',
  place: 'an agency is told the ledger entries of the whole debt: a cap would have no effect',
};

/** Every change of a case, each in one transaction with its event. */
@Injectable()
export class CaseCommands {
  constructor(
    @Inject(GATEWAY_DATABASE) private readonly gateway: DataSource,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(JURISDICTIONS) private readonly jurisdictions: readonly Jurisdiction[],
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal when the debt is known with other content, or is in another currency than its office */
  async registerDebt(
    by: AskedBy,
    jurisdictionId: string,
    row: IntakeRow,
  ): Promise<{ debtId: string; registered: boolean }> {
    const jurisdiction = this.jurisdiction(jurisdictionId);
    if (row.currency !== jurisdiction.currency) {
      throw new Refusal('currency-differs', `${jurisdictionId} keeps its debts in ${jurisdiction.currency}`);
    }
    const context = {
      ...by,
      at: this.clock.now(),
      jurisdictionId,
      source: 'api',
      firstReviewOn: this.review(jurisdiction),
    };
    const [outcome] = await inTransaction(this.gateway, (manager) =>
      registerDebts(manager, this.cipher, context, [row]),
    );
    if (outcome!.outcome === 'refused') throw new Refusal(outcome!.code, outcome!.reason);
    return { debtId: outcome!.debtId, registered: outcome!.outcome === 'registered' };
  }

  async importFile(
    by: AskedBy,
    jurisdictionId: string,
    path: string,
    onProgress: (read: number, size: number) => void,
  ): Promise<ImportSummary> {
    const jurisdiction = this.jurisdiction(jurisdictionId);
    return importFile(this.gateway, this.cipher, {
      ...by,
      at: this.clock.now(),
      path,
      jurisdictionId,
      currency: jurisdiction.currency,
      firstReviewOn: this.review(jurisdiction),
      onProgress,
    });
  }

  async postPayment(
    by: AskedBy,
    order: Omit<PaymentOrder, 'paidOn' | 'bookedOn' | 'source'> & { readonly paidOn: string | null },
  ): Promise<PostedPayment> {
    const bookedOn = await this.todayOfDebt(order.debtId);
    const context = { ...by, at: this.clock.now() };
    const payment: PaymentOrder = { ...order, paidOn: order.paidOn ?? bookedOn, bookedOn, source: 'api' };
    return inTransaction(this.gateway, (manager) => postPayment(manager, context, payment));
  }

  async recordProof(
    by: AskedBy,
    order: Omit<ProofOrder, 'source' | keyof ProofDetails> & Partial<ProofDetails>,
  ): Promise<RecordedProof> {
    const today = await this.todayOfDebt(order.debtId);
    const context = { ...by, at: this.clock.now() };
    const proof: ProofOrder = { ...NO_DETAILS, ...order, source: 'api' };
    const recorded = await inTransaction(this.gateway, (manager) => recordProof(manager, context, proof, today));
    const word = proof.subject ?? proof.noticeKind;
    if (word === null) return recorded;
    const { country } = await this.officeOf({ kind: 'debt', id: order.debtId });
    return { ...recorded, known: isProofWord(word, country) };
  }

  /** @throws Refusal as {@link takeProofBack} */
  withdrawProof(by: AskedBy, order: ProofWithdrawal): Promise<{ readonly withdrawn: boolean }> {
    const context = { ...by, at: this.clock.now() };
    return inTransaction(this.gateway, (manager) => takeProofBack(manager, context, order));
  }

  async setItemisation(by: AskedBy, order: ItemisationOrder): Promise<SetItemisation> {
    const today = await this.todayOfDebt(order.debtId);
    const context = { ...by, at: this.clock.now() };
    return inTransaction(this.gateway, (manager) => setItemisation(manager, context, order, today));
  }

  async placeStop(
    by: AskedBy,
    order: Omit<StopOrder, 'startsOn'> & { readonly startsOn: string | null },
  ): Promise<{ stopId: string; placed: boolean }> {
    const { today, country } = await this.officeOf(order.subject);
    const faults = stopDetailFaults(order, country);
    if (faults.length > 0) throw new Refusal('stop-details', faults.join('; '));
    const startsOn = order.startsOn ?? today;
    if (order.endsOn !== null && order.endsOn < startsOn)
      throw new Refusal('stop-dates', 'the stop ends before it starts');
    const context = { ...by, at: this.clock.now() };
    return inTransaction(this.gateway, (manager) => placeStop(manager, context, { ...order, startsOn }));
  }

  async liftStop(by: AskedBy, stopId: string): Promise<{ lifted: boolean }> {
    const on = await this.todayOfStop(stopId);
    const context = { ...by, at: this.clock.now() };
    return inTransaction(this.gateway, (manager) => liftStop(manager, context, stopId, on));
  }

  /** @throws Refusal as {@link changeStopDetails} */
  changeStopDetails(by: AskedBy, change: StopDetailChange): Promise<{ readonly changed: boolean }> {
    const context = { ...by, at: this.clock.now() };
    return inTransaction(this.gateway, (manager) => changeStopDetails(manager, context, change));
  }

  /** @throws Refusal as {@link recordDischarge} */
  async dischargeStop(by: AskedBy, order: DischargeOrder): Promise<RecordedDischarge> {
    const on = await this.todayOfStop(order.stopId);
    const context = { ...by, at: this.clock.now() };
    return inTransaction(this.gateway, (manager) => recordDischarge(manager, context, order, on));
  }

  /** @throws Refusal `connector-unknown`, `cap-without-meaning`, `already-referred`, or `referred-elsewhere` */
  async makeReferral(
    by: AskedBy,
    order: Pick<ReferralOrder, 'debtId' | 'act' | 'connectorId' | 'capMinor' | 'expiresOn'>,
  ): Promise<{ referralId: string }> {
    const { jurisdictionId } = await locateDebt(this.gateway, order.debtId);
    const uncapped = order.capMinor === null ? undefined : WHOLE_DEBT[order.act];
    if (uncapped) throw new Refusal('cap-without-meaning', uncapped);
    const [connector] = await rows<{ act: string }>(
      this.gateway,
      'select act from exchange_v1.connector where id = $1 and jurisdiction_id = $2',
      [order.connectorId, jurisdictionId],
    );
    if (connector?.act !== order.act) {
      throw new Refusal(
        'connector-unknown',
        `${jurisdictionId} has no connector ${order.connectorId} for the act ${order.act}`,
      );
    }
    const madeOn = await officeDate(this.gateway, this.clock, jurisdictionId);
    const context = { ...by, jurisdictionId, at: this.clock.now() };
    const group = exclusiveGroup(order.act);
    const made: ReferralOrder = { ...order, madeBy: 'officer', strategyId: null, exclusiveGroup: group, madeOn };
    return inTransaction(this.gateway, async (manager) => {
      const [id] = await makeReferrals(manager, context, [made]);
      if (id) return { referralId: id };
      const standing = await referredTo(manager, made);
      if (standing === null || standing === order.connectorId) {
        throw new Refusal('already-referred', `the debt is referred to ${order.connectorId} already`);
      }
      throw new Refusal(
        'referred-elsewhere',
        `the debt is referred to ${standing}: that referral must be withdrawn before another can be made`,
      );
    });
  }

  async withdrawReferral(by: AskedBy, referralId: string, reason: string): Promise<{ withdrawn: boolean }> {
    const [referral] = await rows<{ jurisdiction_id: string }>(
      this.gateway,
      'select c.jurisdiction_id from cases.referral r join cases.case_file c on c.id = r.case_id where r.id = $1',
      [referralId],
    );
    if (!referral) throw new Refusal('referral-unknown', `no referral has the id ${referralId}`);
    const on = await officeDate(this.gateway, this.clock, referral.jurisdiction_id);
    const context = { ...by, at: this.clock.now() };
    return inTransaction(this.gateway, (manager) => withdrawReferral(manager, context, referralId, { on, reason }));
  }

  private jurisdiction(id: string): Jurisdiction {
    const found = this.jurisdictions.find((each) => each.id === id);
    if (!found) throw new Refusal('jurisdiction-unknown', `no jurisdiction has the id ${id}`);
    return found;
  }

  private review({ strategies }: Jurisdiction): (row: IntakeRow) => string | null {
    const registeredOn = this.clock.now().toISOString().slice(0, 10);
    return ({ type, delinquentOn, incurredOn }) =>
      firstReviewOn(strategies, type, { lastPaidOn: null, delinquentOn, incurredOn, registeredOn });
  }

  private async todayOfDebt(debtId: string): Promise<string> {
    const { jurisdictionId } = await locateDebt(this.gateway, debtId);
    return officeDate(this.gateway, this.clock, jurisdictionId);
  }

  private async todayOfStop(stopId: string): Promise<string> {
    const [stop] = await rows<{ jurisdiction_id: string }>(
      this.gateway,
      'select c.jurisdiction_id from cases.stop s join cases.case_file c on c.id = s.case_id where s.id = $1',
      [stopId],
    );
    if (!stop) throw new Refusal('stop-unknown', `no stop has the id ${stopId}`);
    return officeDate(this.gateway, this.clock, stop.jurisdiction_id);
  }

  private async officeOf(subject: StopOrder['subject']): Promise<{ today: string; country: string }> {
    const [found] = await rows<{ id: string; country: string }>(
      this.gateway,
      `select j.id, j.country from cases.jurisdiction j where j.id in (
         select jurisdiction_id from cases.debt where id = $1
         union all select jurisdiction_id from cases.case_file where id = $1
         union all select jurisdiction_id from cases.party where id = $1)`,
      [subject.id],
    );
    if (!found) throw new Refusal('subject-unknown', `no ${subject.kind} has the id ${subject.id}`);
    return { today: await officeDate(this.gateway, this.clock, found.id), country: found.country };
  }
}
