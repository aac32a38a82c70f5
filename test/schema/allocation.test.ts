import { AuditLog } from '#audit';
import type { DataSource, EntityManager } from 'typeorm';
import { ChargesRepository } from '../../libs/payments/src/ledger/charges.repository.js';
import { ConsultationsRepository } from '../../libs/payments/src/ledger/consultations.repository.js';
import { InvoicesRepository } from '../../libs/payments/src/ledger/invoices.repository.js';
import { Ledger } from '../../libs/payments/src/ledger/ledger.js';
import { IdBlocks } from '../../libs/payments/src/ledger/id-blocks.js';
import type { PaymentReport } from '../../libs/payments/src/ledger/payment-report.js';
import { PaymentsRepository } from '../../libs/payments/src/ledger/payments.repository.js';
import { QuarantineRepository } from '../../libs/payments/src/ledger/quarantine.repository.js';
import { TransfersRepository } from '../../libs/payments/src/ledger/transfers.repository.js';
import { AllocateTransfer } from '../../libs/payments/src/manual/allocate-transfer.js';
import { useStack } from '../support/use-stack.js';
import { openSource } from '../webhooks/support/source.js';
import { makeTransferScene, type TransferScene } from './transfer-scene.js';

const silent = { moved: async () => undefined } as unknown as PaymentReport;

/** Its callers never ask for more than is due. Before Postgres refuses it at commit, this one does. */
describe('allocating a transfer', () => {
  const stack = useStack({ apis: 0 });
  let source: DataSource;
  let ledger: Ledger;
  let scene: TransferScene;
  beforeAll(async () => {
    source = await openSource(stack.database.url);
    stack.atEnd(() => source.destroy());
    scene = await makeTransferScene(stack.database);
    ledger = new Ledger(
      source,
      new AuditLog(),
      new ConsultationsRepository(),
      new PaymentsRepository(silent, new IdBlocks()),
      new InvoicesRepository(),
      new ChargesRepository(),
      new QuarantineRepository(),
      new TransfersRepository(),
    );
  });

  /** In a transaction that is undone. */
  async function allocated(payment_id: number, transfer_id: number, amount: number): Promise<number | undefined> {
    const runner = source.createQueryRunner();
    await runner.connect();
    await runner.startTransaction();
    try {
      const tx: EntityManager = runner.manager;
      const payment = (await ledger.payments.lock(tx, payment_id))!;
      const transfer = (await ledger.transfers.lock(tx, transfer_id))!;
      return (await new AllocateTransfer(ledger).run(tx, { payment, transfer, amount }))?.amount_due;
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
  }

  it('up to what is due, and not a unit more', async () => {
    expect(await allocated(scene.pending, scene.large, 5_000)).toBe(0);
    expect(await allocated(scene.pending, scene.large, 4_999)).toBe(1);
    expect(await allocated(scene.pending, scene.large, 5_001)).toBeUndefined();
    expect(await allocated(scene.partial, scene.unmatched, 3_001)).toBeUndefined();
  });

  it.each([0, -1])('never %i', async (amount) => {
    expect(await allocated(scene.pending, scene.unmatched, amount)).toBeUndefined();
  });

  it('never of another method or currency, nor for a payment that is paid', async () => {
    expect(await allocated(scene.pending, scene.gcash, 5_000)).toBeUndefined();
    expect(await allocated(scene.pending, scene.dollars, 5_000)).toBeUndefined();
    expect(await allocated(scene.paid, scene.unmatched, 5_000)).toBeUndefined();
  });

  it('for one that has expired, only all of it at once', async () => {
    expect(await allocated(scene.expired, scene.unmatched, 4_999)).toBeUndefined();
    expect(await allocated(scene.expired, scene.unmatched, 5_000)).toBe(0);
  });
});
