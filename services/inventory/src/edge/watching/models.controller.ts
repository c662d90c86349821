import { Answers, modelCardAnswer, type ModelCard } from '@cartage/service-kit';
import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { DemandCard } from '../../app/watching/demand-card';

export const DEMAND_CARD = Symbol('what was learned of demand');

@ApiTags('stock alerts')
@Controller('inventory/models')
export class InventoryModelsController {
  constructor(@Inject(DEMAND_CARD) private readonly demand: DemandCard) {}

  @Get('demand')
  @ApiOperation({
    summary: 'What was learned of demand: from what, how far off forecasts by it were, and what it must not be used for.',
  })
  @Answers(200, modelCardAnswer)
  card(): Promise<ModelCard> {
    return this.demand.card();
  }
}
