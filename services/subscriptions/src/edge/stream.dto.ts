import { AsList, IsCode, IsPlainText, IsTruth } from '@cartage/service-kit';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsOptional, IsUUID, Matches } from 'class-validator';

export const POSITION = /^\d{1,15}$/;

export class StreamQuery {
  @ApiPropertyOptional({ format: 'uuid', description: 'Of one order.' })
  @IsOptional()
  @IsUUID()
  orderId?: string;

  @ApiPropertyOptional({ example: 'web', description: 'Of orders that were sold there.' })
  @IsOptional()
  @IsCode()
  channel?: string;

  @ApiPropertyOptional({ type: [String], example: ['OrderPlaced'], description: 'Of these types; named once for each.' })
  @IsOptional()
  @AsList()
  @IsArray()
  @ArrayMaxSize(100)
  @Matches(/^[A-Z][A-Za-z]{0,79}$/, { each: true })
  type?: string[];

  @ApiPropertyOptional({
    example: '1204',
    description:
      'Where to go on, as `Last-Event-ID` says it for those who can send no header; `0`: from the beginning. Without either: from now on.',
  })
  @IsOptional()
  @IsPlainText(15)
  @Matches(POSITION)
  lastEventId?: string;

  @ApiPropertyOptional({ description: '`false`: ends when everything that is there was told.', default: true })
  @IsOptional()
  @IsTruth()
  follow?: boolean;
}
