// Signed deliveries as they go over the wire, each of an event of its own, made before anything is measured.
import { createHmac } from "node:crypto";

/** A `report-ready` of some 400 bytes, as GlycanAge sends it. */
function body(id) {
  return JSON.stringify({
    type: "report-ready",
    id: `evt_${id}`,
    timestamp: 1693123200000,
    data: {
      reportId: `report_${id}`,
      testId: "test_56789",
      kitCode: "KIT001234",
      patientId: "patient_123",
      practiceId: "practice_67890",
      assignmentId: "assignment_12345",
      glycanAge: "45.2",
      chronologicalAge: "42",
      reportUrl: `/reports/report_${id}`,
      createdOn: 1693123000000,
      notes: "x".repeat(60),
    },
  });
}

/** So many requests, from this number on. */
export function deliveries(secret, from, count) {
  return Array.from({ length: count }, (_, n) => {
    const text = body(from + n);
    const signature = createHmac("sha256", secret).update(text).digest("hex");
    const head =
      "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n" +
      `X-GlycanAge-Signature: sha256=${signature}\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n`;
    return Buffer.from(head + text);
  });
}
