import { IsExternalId, PageQuery } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { parkedStates, type ParkedState } from '../../app/notices';

export class ParkedNoticesQuery extends PageQuery {
  @ApiPropertyOptional({ enum: parkedStates })
  @IsOptional()
  @IsIn(parkedStates)
  readonly state?: ParkedState;
}

export class ParkedNoticePath {
  @ApiProperty({ example: 'simulated', description: 'The account at a provider that told it.' })
  @IsExternalId()
  readonly provider!: string;

  @ApiProperty({ example: 'evt_1', description: 'Its own number of the notice.' })
  @IsExternalId()
  readonly noticeId!: string;
}
