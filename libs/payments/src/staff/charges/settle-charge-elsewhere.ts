import type { Answer } from '#answers';
import type { Caller } from '#auth';
import { inTransaction } from '#database';
import { NothingLeftToRefund } from '#errors';
import type { Claim } from '#idempotency';
import { Injectable } from '@nestjs/common';
import { Ledger } from '../../ledger/ledger.js';
import { AuditBuffer } from '../../ledger/audit-buffer.js';
import type { DecidedCharge } from './charge-answers.js';
import { QuarantinedCharges } from './quarantined-charges.js';

/** Staff have settled quarantined money outside Payonce: by hand, by credit, or with the customer. */
@Injectable()
export class SettleChargeElsewhere {
  constructor(
    private readonly ledger: Ledger,
    private readonly quarantined: QuarantinedCharges,
  ) {}

  /**
   * @throws ChargeNotFound, Forbidden, ChargeNotQuarantined, NothingLeftToRefund (a refund of it is pending),
   *   LockTimeout
   */
  async run(charge_id: number, note: string, caller: Caller, claim: Claim): Promise<Answer<DecidedCharge>> {
    const auditBuffer = AuditBuffer.of(caller, 'request.settle_charge_elsewhere', { charge_id });
    return this.quarantined.underLock(charge_id, { caller, auditBuffer }, async (of) =>
      inTransaction(this.ledger.dataSource, async (tx) => {
        const { payment, charge } = await this.quarantined.lock(tx, of);
        if (charge.amount_reserved > 0) throw new NothingLeftToRefund(payment);
        await this.ledger.quarantine.settleElsewhere(tx, charge.id);
        const { amount_received, amount_returned, currency } = charge;
        const detail = { charge_id, amount: amount_received - amount_returned, currency, note };
        await this.ledger.audit.record(
          tx,
          auditBuffer.entries(payment.id, { action: 'money.settled_elsewhere', detail }),
        );
        const answer = await this.quarantined.answer(tx, of, 'ops.charge_settled_elsewhere');
        await claim.settle(tx, answer, `${payment.id}/charges/${charge_id}`);
        return answer;
      }),
    );
  }
}
