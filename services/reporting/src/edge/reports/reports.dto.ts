import { IsCode, IsId, IsIdentifier, IsNamedTexts, IsNote, OptionalNested, OptionalNestedList, PageQuery } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsIn, IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { MOST_RECIPIENTS } from '../../domain/reports/mail';
import { formats, type Format } from '../../domain/reports/report';
import { runStates, type RunState } from '../../domain/reports/run';

const MOST_PARAMETERS = 20;

export class ParameterDto {
  @ApiProperty({ example: 'from', description: 'How runs speak of it.' })
  @IsCode()
  name!: string;

  @ApiPropertyOptional({ example: '2026-11-01', description: 'What is bound, as Postgres reads its type.' })
  @IsOptional()
  @IsId(500)
  value?: string;

  @ApiPropertyOptional({
    minimum: 0,
    maximum: 3_660,
    example: 1,
    description:
      'Instead of a value: the day so long before the one that the run is planned for, in the time zone of the schedule (else UTC).',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(3_660)
  daysAgo?: number;
}

export class ScheduleDto {
  @ApiProperty({ example: '0 6 * * MON-FRI', description: 'Minute, hour, day, month, weekday, as cron has them.' })
  @IsId(100)
  cron!: string;

  @ApiProperty({ example: 'Europe/Berlin', description: 'A time zone of IANA: what clocks show there counts.' })
  @IsId(60)
  timeZone!: string;
}

export class ReportDto {
  @ApiProperty({
    example: 'select count(*) as orders from fact_order where placed_at >= $1::date',
    description: 'One statement that reads the public names of the star.',
  })
  @IsNote(20_000)
  @IsIdentifier()
  sql!: string;

  @OptionalNestedList(() => ParameterDto, { min: 0, max: MOST_PARAMETERS }, { description: 'Bound to `$1`, `$2`, … in their order.' })
  parameters?: ParameterDto[];

  @ApiPropertyOptional({ enum: formats, isArray: true, default: ['csv'], description: 'A file is written in each of them.' })
  @IsOptional()
  @IsIn(formats, { each: true })
  @ArrayUnique()
  @ArrayMinSize(1)
  @ArrayMaxSize(formats.length)
  formats?: Format[];

  @OptionalNested(() => ScheduleDto, { description: 'When it runs by itself; absent: only when somebody asks.' })
  schedule?: ScheduleDto;

  @ApiPropertyOptional({
    example: 'https://hooks.example.com/reports',
    description: 'Where it is told that a run has ended; of an origin in REPORTS_WEBHOOK_ORIGINS.',
  })
  @IsOptional()
  @IsId(500)
  webhook?: string;

  @ApiPropertyOptional({
    type: [String],
    maxItems: MOST_RECIPIENTS,
    example: ['numbers@acme.example'],
    description: 'Who gets a mail then, without the files: addresses of domains in REPORTS_MAIL_DOMAINS.',
  })
  @IsOptional()
  @IsId(254, { each: true })
  @ArrayMaxSize(MOST_RECIPIENTS)
  recipients?: string[];
}

export class StartDto {
  @ApiPropertyOptional({
    additionalProperties: { type: 'string' },
    example: { from: '2026-11-01' },
    description: 'Values for this run, by the names of parameters.',
  })
  @IsOptional()
  @IsNamedTexts()
  parameters?: Readonly<Record<string, string>>;
}

export class ReportPath {
  @ApiProperty({ example: 'daily-sales' })
  @IsCode()
  name!: string;
}

export class FilePath {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  runId!: string;

  @ApiProperty({ enum: formats })
  @IsIn(formats)
  format!: Format;
}

export class RunsQueryDto extends PageQuery {
  @ApiPropertyOptional({ example: 'daily-sales', description: 'Of one report.' })
  @IsOptional()
  @IsCode()
  report?: string;

  @ApiPropertyOptional({ enum: runStates })
  @IsOptional()
  @IsIn(runStates)
  state?: RunState;
}
