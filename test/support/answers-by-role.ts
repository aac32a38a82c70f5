import type { Schemas } from '../../libs/payment-client/src/wire.js';
import type { TestDatabase } from './database.js';
import type { AnswerRecorder } from './recorded-answers.js';
import { createConsultation, createPerson } from './people.js';
import { ROLES, type Row, type Scene, TABLE } from './routes-by-role.js';
import { insertPayment } from './rows.js';

/** Calls every route of the table with every role. @returns the cells whose status is not the table's */
export async function recordEveryRole(
  database: TestDatabase,
  url: string,
  recorder: AnswerRecorder,
): Promise<string[]> {
  const [owner, other] = [await createPerson(database), await createPerson(database)];
  const [staff, service] = [await createPerson(database, 'staff'), await createPerson(database, 'service')];
  await database.query(`INSERT INTO products (id, name, price, currency) VALUES ('plan', 'Plan', 1, 'idr')`);
  const people = { nobody: undefined, owner, other, staff, service };

  const setScene = async (what: Row['scene']): Promise<Scene> => {
    const consultation_id = await createConsultation(database, owner);
    const story = { consultation_id, payment_id: 0, refund_id: 0 };
    if (what === 'consultation') return story;
    const status = what === 'pending' ? 'pending' : 'completed';
    story.payment_id = await insertPayment(database, { user_id: owner.id, consultation_id, status });
    if (what !== 'reserved') return story;
    const made = await recorder.ask<Schemas['RefundedPayment']>(
      url,
      'POST /api/v1/payments/:id/refund',
      `/api/v1/payments/${story.payment_id}/refund`,
      {
        token: staff.token,
        body: { amount: 10, reason: 'a scene' },
      },
    );
    return { ...story, refund_id: made.body.data.refund_id };
  };

  const unlike: string[] = [];
  let count = 0;
  for (const [route, row] of Object.entries(TABLE)) {
    for (const [n, role] of ROLES.entries()) {
      const { path, ...question } = row.ask(await setScene(row.scene), `doc-${(count += 1)}`);
      const token = people[role]?.token;
      const reply = await recorder.ask(url, route, path, { ...question, ...(token ? { token } : {}), who: role });
      if (reply.status !== row.statuses[n]) unlike.push(`${route} as ${role}: ${reply.status}`);
    }
  }
  return unlike;
}
