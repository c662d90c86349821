import type { Position } from '@cartage/eventsourcing';
import { ANY_TIME, IsCode, IsInstant, IsPlainText, IsPosition, PageQuery } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsNotEmpty, IsOptional } from 'class-validator';

export class WithinQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'date-time', description: 'At or after this.' })
  @IsOptional()
  @IsInstant(ANY_TIME)
  readonly from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Before this.' })
  @IsOptional()
  @IsInstant(ANY_TIME)
  readonly to?: string;
}

export class CsvQuery {
  @ApiPropertyOptional({ format: 'date-time', description: 'At or after this.' })
  @IsOptional()
  @IsInstant(ANY_TIME)
  readonly from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Before this.' })
  @IsOptional()
  @IsInstant(ANY_TIME)
  readonly to?: string;

  @ApiPropertyOptional({ description: '`Cartage-Position` of a command’s answer: waits until the file shows it.' })
  @IsOptional()
  @IsPosition()
  readonly minPosition?: Position;
}

export class AccountDto {
  @ApiProperty({ example: '1210', description: 'The number that your books know it by.' })
  @IsCode()
  readonly code!: string;

  @ApiProperty({ example: 'Payment providers' })
  @IsPlainText(200)
  @IsNotEmpty()
  readonly name!: string;
}
