export { causalGraph, edgesOf, tracedEvent, type CausalGraph, type TracedEvent } from './causes/traced-event';
export { answerOf, bytes, pageAnswer, type Answer } from './http/answer';
export { Answers, commandHeaders } from './http/answers';
export { diff, diffOf, DiffQuery, type Diff } from './http/diff';
export { metaOfItem, nameOfItem, problemSchema, shapedEach } from './http/batch';
export { Headers } from './http/headers';
export { IdParam } from './input/id-param';
export { NoPreview } from './preview/answering';
export { cursorOf, limitOf, PageQuery, pageOf, readCursor, type CursorValue, type Page } from './http/page';
export { listedRulesShape, pageOfRules, shownRules, type ListedRules, type ShownRules } from './http/rule-versions';
export { RequestPipe } from './input/request-pipe';
export { problemOf, type Problem } from './http/problem';
export { KeepRawBody, RawBody } from './http/raw-body';
export { CommandMeta, RequestMeta } from './http/request-meta';
export { answered, etagOf, IfMatch, type Answered } from './http/version';
export { idFor, newId } from './ids';
export { fieldsOf, validatorOf, type Checked, type DtoField, type Validator } from './input/compiled';
export {
  AsList,
  AsNumber,
  IsCode,
  IsCountry,
  IsCurrency,
  IsExternalId,
  IsId,
  IsIdentifier,
  IsLineId,
  IsMoney,
  IsNamedTexts,
  IsNote,
  IsPlainText,
  IsQuantity,
  IsSku,
  IsTruth,
  type EachOption,
} from './input/fields';
export { ANY_TIME, instantOf, isInstant, IsInstant, type InstantRange } from './input/instant';
export { codeOfRule } from './input/rules';
export { ListOf, Nested, NestedList, OptionalNested, OptionalNestedList, type ListSize } from './input/parts';
export { openFonts, type Fonts } from './print/fonts';
export { drawLine, lineOf, missingIn, widthOf, wrapped, type Line } from './print/typesetting';
export { type AnyService, type Kit, type Parts, type People, type Service, type Vault } from './service';
export { commonSettings, wholeNumber } from './settings/common';
export { environment, readSettings, type Environment, type SettingsSpec } from './settings/settings';
export { StartFailure } from './start/failure';
export { run, start } from './start/run';
export type { Reading, Readings } from './metrics/metrics';
export { recordsOf, type CellKinds, type FileRecord, type RecordsOptions } from './upload/records';
export { TakesUpload, Upload, Uploaded, type UploadType } from './upload/upload';
export { rotateMasterKey } from './vault/open';
export { startAll, type Running, type StartOptions } from './start/start-all';
