import { Answers, modelCardAnswer, type ModelCard } from '@cartage/service-kit';
import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { LookAheadCard } from '../app/look-ahead-card';

export const LOOK_AHEAD_CARD = Symbol('what units are worth to later orders');

@ApiTags('fulfillment')
@Controller('fulfillment/models')
export class RoutingModelsController {
  constructor(@Inject(LOOK_AHEAD_CARD) private readonly prices: LookAheadCard) {}

  @Get('look-ahead')
  @ApiOperation({
    summary: 'What units are worth to later orders: from what it was found, whether it counts, and what it must not be used for.',
  })
  @Answers(200, modelCardAnswer)
  card(): Promise<ModelCard> {
    return this.prices.card();
  }
}
