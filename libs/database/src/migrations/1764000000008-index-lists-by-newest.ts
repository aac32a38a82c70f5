import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Protects: the time of an answer.
 * - A filtered list, newest first, is read from the index of its filter and no other. In the order of `id` Postgres may
 *   prefer the primary key, hoping to meet the filter's rows soon; for somebody who has not paid lately it then reads
 *   everybody's newer rows. The order of `-id` is the same and belongs to these indexes alone.
 */
export class NewestFirst1764000000008 implements MigrationInterface {
  name = 'NewestFirst1764000000008';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      DROP INDEX payments_of_user, payments_of_user_by_status, payments_of_consultation, payments_by_status,
        consultations_of_patient;
      CREATE INDEX payments_of_user ON payments (user_id, (-id));
      CREATE INDEX payments_of_user_by_status ON payments (user_id, status, (-id));
      CREATE INDEX payments_of_consultation ON payments (consultation_id, (-id));
      CREATE INDEX payments_by_status ON payments (status, (-id));
      CREATE INDEX consultations_of_patient ON consultations (patient_id, (-id));
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      DROP INDEX payments_of_user, payments_of_user_by_status, payments_of_consultation, payments_by_status,
        consultations_of_patient;
      CREATE INDEX payments_of_user ON payments (user_id, id DESC);
      CREATE INDEX payments_of_user_by_status ON payments (user_id, status, id DESC);
      CREATE INDEX payments_of_consultation ON payments (consultation_id, id DESC);
      CREATE INDEX payments_by_status ON payments (status, id DESC);
      CREATE INDEX consultations_of_patient ON consultations (patient_id, id DESC);
    `);
  }
}
