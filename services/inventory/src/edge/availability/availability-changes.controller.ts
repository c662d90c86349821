import { integer, list, object, text, time } from '@cartage/contracts';
import { Answers, answerOf, IsCode, IsInstant, limitOf, pageAnswer, pageOf, PageQuery, readCursor, type Page } from '@cartage/service-kit';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import type { AvailabilityChanges, ChangedAvailability } from '../../app/availability/availability-changes';

export const AVAILABILITY_CHANGES = Symbol('AvailabilityChanges');

export class AvailabilityChangesQuery extends PageQuery {
  @ApiPropertyOptional({
    example: 'marketplace-x',
    description: 'As this channel may sell it; absent: as channels of which nothing is said.',
  })
  @IsOptional()
  @IsCode()
  readonly channel?: string;

  @ApiPropertyOptional({
    description: 'Only what changed at this time or later: the greatest `changedAt` that was seen. Absent: everything.',
  })
  @IsOptional()
  @IsInstant()
  readonly changedSince?: string;
}

const changes = pageAnswer(
  answerOf<ChangedAvailability>()(
    'ChangedAvailability',
    object({
      sku: text(),
      atp: integer('Available to promise over the network; below zero offer none.'),
      locations: list(
        object({ location: text('Location code.'), atp: integer('Units there that can be promised.') }),
        'All that sell for the channel.',
      ),
      changedAt: time('When it was told.'),
    }),
  ),
);

@ApiTags('stock')
@Controller('inventory')
export class AvailabilityChangesController {
  constructor(@Inject(AVAILABILITY_CHANGES) private readonly changes: AvailabilityChanges) {}

  @Get('availability/changes')
  @ApiOperation({ summary: 'For channels that poll: what can be promised, the earliest change first. A moment behind the ledger.' })
  @Answers(200, changes)
  async list(@Query() { channel, changedSince, ...query }: AvailabilityChangesQuery): Promise<Page<ChangedAvailability>> {
    const after = readCursor(query.cursor, 'instant', 'text');
    const rows = await this.changes.changes({ channel, changedSince, after, limit: limitOf(query) + 1, minPosition: query.minPosition });
    return pageOf(rows, query, ({ changedAt, sku }) => [changedAt, sku]);
  }
}
