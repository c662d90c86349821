import { ANY_TIME, IsCode, IsExternalId, IsInstant, IsNote, IsPlainText } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUrl } from 'class-validator';

const formats = ['label', 'qr'] as const;
const milestones = ['picked-up', 'in-transit', 'exception', 'delivered', 'stuck', 'lost'] as const;

class TrackedDto {
  @ApiProperty({ example: 'royal-mail' })
  @IsCode()
  readonly carrier!: string;

  @ApiProperty({ example: 'RM123456789GB' })
  @IsExternalId()
  readonly trackingNumber!: string;
}

export class ReturnLabelDto extends TrackedDto {
  @ApiProperty({ enum: formats, description: '`qr`: a code that the carrier’s counter prints the label from.' })
  @IsIn(formats)
  readonly format!: (typeof formats)[number];

  @ApiPropertyOptional({ example: 'https://labels.example.com/RM123456789GB', description: 'Where the customer finds it.' })
  @IsOptional()
  @IsUrl({ protocols: ['https', 'http'], require_protocol: true, require_tld: false })
  readonly url?: string;
}

export class ReturnScanDto extends TrackedDto {
  @ApiProperty({ enum: milestones })
  @IsIn(milestones)
  readonly milestone!: (typeof milestones)[number];

  @ApiPropertyOptional({ example: 'London' })
  @IsOptional()
  @IsPlainText(200)
  readonly place?: string;

  @ApiProperty({ format: 'date-time', description: 'By the carrier’s clock.' })
  @IsInstant(ANY_TIME)
  readonly occurredAt!: string;
}

export class CancelReturnDto {
  @ApiPropertyOptional({ example: 'It fits after all.' })
  @IsOptional()
  @IsNote(1_000)
  readonly note?: string;
}
