import { Answers, modelCardAnswer, type ModelCard } from '@cartage/service-kit';
import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { TransitCard } from '../../app/promising/transit-card';

export const TRANSIT_CARD = Symbol('what was learned of days that carriers need');

@ApiTags('promises')
@Controller('promises/models')
export class PromiseModelsController {
  constructor(@Inject(TRANSIT_CARD) private readonly transit: TransitCard) {}

  @Get('transit')
  @ApiOperation({
    summary: 'What was learned of the days that carriers need: from what, how promises by it were kept, and what it must not be used for.',
  })
  @Answers(200, modelCardAnswer)
  card(): Promise<ModelCard> {
    return this.transit.card();
  }
}
