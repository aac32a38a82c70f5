import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('users')
export class User {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id!: number;

  @Column('text')
  subject!: string;
}

@Entity('payments')
export class Payment {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id!: number;

  @Column('bigint')
  user_id!: number;

  @Column('bigint')
  consultation_id!: number;

  @Column('bigint')
  amount!: number;

  @Column('text')
  currency!: string;

  @Column('text')
  payment_method!: string;

  @Column('text', { default: 'pending' })
  status!: string;

  @Column('jsonb', { default: {} })
  metadata!: Record<string, string>;

  @Column('timestamptz', { nullable: true })
  expires_at!: Date | null;

  @Column('timestamptz', { default: () => 'now()' })
  created_at!: Date;

  @Column('text', { nullable: true })
  checkout_session_id!: string | null;
}

@Entity('invoices')
export class Invoice {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id!: number;

  @Column('text')
  invoice_number!: string;

  @Column('bigint')
  payment_id!: number;

  @Column('bigint')
  amount!: number;

  @Column('text')
  currency!: string;

  @Column('text', { default: 'pending' })
  status!: string;
}

@Entity('tax_records')
export class TaxRecord {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id!: number;

  @Column('bigint')
  payment_id!: number;

  @Column('bigint')
  invoice_id!: number;

  @Column('bigint')
  amount!: number;

  @Column('bigint')
  base_amount!: number;

  @Column('bigint')
  tax_amount!: number;

  @Column('integer')
  rate_basis_points!: number;

  @Column('text', { default: 'pending' })
  status!: string;
}

@Entity('audit_log')
export class AuditEntry {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id!: number;

  @Column('text')
  action!: string;

  @Column('bigint')
  payment_id!: number;

  @Column('bigint')
  actor_user_id!: number;

  @Column('text')
  request_id!: string;

  @Column('jsonb')
  detail!: Record<string, unknown>;

  @Column('text')
  lane!: string;
}

export const ENTITIES = [User, Payment, Invoice, TaxRecord, AuditEntry];
