import { Answer, type Holds, nextCursor as theNextCursor, shape } from '#answers';
import { OneOf, Optional, nextCursor, pageOf, PageRequest } from '#validation';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { type Disposition, DISPOSITIONS, ListedCharge } from '../../ledger/charge.js';
import { ChargesRepository } from '../../ledger/charges.repository.js';

export const PageOfCharges = shape('PageOfCharges', { charges: z.array(ListedCharge), next_cursor: theNextCursor });
export type PageOfCharges = Holds<typeof PageOfCharges>;

export class ListChargesRequest extends PageRequest {
  @Optional()
  @OneOf(...DISPOSITIONS)
  disposition?: Disposition;
}

/** Lists charges and their disposition, newest first; `quarantined` ones need a decision by staff. */
@Injectable()
export class ListCharges {
  constructor(
    private readonly dataSource: DataSource,
    private readonly charges: ChargesRepository,
  ) {}

  async run(request: ListChargesRequest): Promise<Answer<PageOfCharges>> {
    const page = pageOf(request);
    const charges = await this.charges.list(this.dataSource.manager, page, request.disposition ?? null);
    return Answer.ok('ops.charges', { charges, next_cursor: nextCursor(charges, page) });
  }
}
