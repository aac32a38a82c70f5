import { IdempotencyInterceptor, IdempotencyModule, type IdempotencyOptions, Idempotent } from '#idempotency';
import { ConflictException, Controller, Module, Post, UseInterceptors } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

const options: IdempotencyOptions = {
  caller: (request) => (request as { headers: Record<string, string | undefined> }).headers['x-customer'],
  render: (answer) => ({ status: 201, body: JSON.stringify(answer) }),
  refuse: (refusal) => new ConflictException(refusal.why),
};

@Controller('tickets')
@UseInterceptors(IdempotencyInterceptor)
class TicketsController {
  private sold = 0;

  @Post()
  @Idempotent()
  sell() {
    return { ticket: ++this.sold };
  }
}

@Module({
  imports: [
    TypeOrmModule.forRoot({ type: 'postgres', url: process.env.DATABASE_URL! }),
    IdempotencyModule.with({ options: { useValue: options } }),
  ],
  controllers: [TicketsController],
})
export class TicketsModule {}
