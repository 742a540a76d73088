import protobuf from 'protobufjs';

/** What we read of OTLP, by the field numbers of opentelemetry-proto 1.x; fields that are not named are skipped. */
const SOURCE = `
syntax = "proto3";
message TraceRequest { repeated ResourceSpans resource_spans = 1; }
message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
message Resource { repeated KeyValue attributes = 1; }
message ScopeSpans { Scope scope = 1; repeated Span spans = 2; }
message Scope { string name = 1; }
message Span {
  bytes trace_id = 1;
  bytes span_id = 2;
  bytes parent_span_id = 4;
  string name = 5;
  fixed64 start_time_unix_nano = 7;
  fixed64 end_time_unix_nano = 8;
  repeated KeyValue attributes = 9;
}
message KeyValue { string key = 1; AnyValue value = 2; }
message AnyValue {
  oneof value { string string_value = 1; bool bool_value = 2; int64 int_value = 3; double double_value = 4; }
}
message Status { string message = 2; }
`;

const { root } = protobuf.parse(SOURCE);
const TraceRequest = root.lookupType('TraceRequest');
const Status = root.lookupType('Status');

/** An ExportTraceServiceRequest as plain data, ids in base64, 64-bit numbers as text. Throws what protobufjs says of bad bytes. */
export const decodeTraces = (body: Uint8Array): unknown =>
  TraceRequest.toObject(TraceRequest.decode(body), { longs: String, bytes: String });

/** A google.rpc.Status with a sentence in it. */
export const encodeStatus = (message: string): Uint8Array => Status.encode(Status.create({ message })).finish();
