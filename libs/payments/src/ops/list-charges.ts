import { Answer } from '#answers';
import { OneOf, Optional } from '#validation';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { nextCursor, pageOf, PageRequest } from '../paging.js';
import { ChargesRepository, type Disposition, DISPOSITIONS } from '../payments/charges.repository.js';

export class ListChargesRequest extends PageRequest {
  @Optional()
  @OneOf(...DISPOSITIONS)
  disposition?: Disposition;
}

/** Money that arrived and what became of it, newest first; `quarantined` waits for staff. */
@Injectable()
export class ListCharges {
  constructor(
    private readonly dataSource: DataSource,
    private readonly charges: ChargesRepository,
  ) {}

  async run(request: ListChargesRequest): Promise<Answer> {
    const page = pageOf(request);
    const charges = await this.charges.list(this.dataSource.manager, page, request.disposition ?? null);
    return Answer.ok('ops.charges', { charges, next_cursor: nextCursor(charges, page) });
  }
}
