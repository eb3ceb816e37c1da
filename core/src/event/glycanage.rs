//! What GlycanAge's events say, from its guide. What names the subject is required; all else may be absent or null.

use super::record::records;

records! {
    /// The `data` of `order-status-changed`.
    OrderStatusChanged {
        /// The order.
        order_id: String = "orderId",
        /// `bulk-order` or `kit-order`, so far.
        order_type: Option<String> = "orderType",
        /// What it was before.
        previous_status: Option<String> = "previousStatus",
        /// What it is now, such as `paid`.
        current_status: String = "currentStatus",
        /// The practice that ordered.
        practice_id: Option<String> = "practiceId",
        /// How many kits were ordered.
        number_of_kits: Option<i64> = "numberOfKits",
        /// In cents.
        amount: Option<i64> = "amount",
        /// Of the amount, such as `USD`.
        currency: Option<String> = "currency",
    }

    /// The `data` of `assignment-status-changed`.
    AssignmentStatusChanged {
        /// The assignment.
        assignment_id: String = "assignmentId",
        /// What it was before; none where it has just been created.
        previous_status: Option<String> = "previousStatus",
        /// What it is now, such as `approved`.
        current_status: String = "currentStatus",
        /// The practice that assigned.
        practice_id: Option<String> = "practiceId",
        /// `bank-transfer` or `token`, so far.
        payment_type: Option<String> = "paymentType",
        /// In cents; none where it was paid with tokens.
        amount: Option<i64> = "amount",
        /// Of the amount, such as `USD`.
        currency: Option<String> = "currency",
        /// Who gets which kit.
        sets: Option<Vec<AssignedSet>> = "sets",
    }

    /// One of the `sets` of `assignment-status-changed`.
    AssignedSet {
        /// The patient.
        patient_id: Option<String> = "patientId",
        /// The kit.
        kit_code: Option<String> = "kitCode",
        /// What is tested, such as `regular`.
        product: Option<String> = "product",
    }

    /// The `data` of `kit-received`.
    KitReceived {
        /// The kit.
        kit_code: String = "kitCode",
        /// The test that it is for.
        test_id: Option<String> = "testId",
        /// The patient.
        patient_id: Option<String> = "patientId",
        /// The practice.
        practice_id: Option<String> = "practiceId",
        /// The assignment.
        assignment_id: Option<String> = "assignmentId",
        /// When it arrived, in ms since 1970.
        received_at: Option<u64> = "receivedAt",
        /// What it is now, such as `inAnalysis`.
        status: Option<String> = "status",
    }

    /// The `data` of `report-ready`.
    ReportReady {
        /// The report.
        report_id: String = "reportId",
        /// The test that it is of.
        test_id: Option<String> = "testId",
        /// The kit.
        kit_code: Option<String> = "kitCode",
        /// The patient.
        patient_id: Option<String> = "patientId",
        /// The practice.
        practice_id: Option<String> = "practiceId",
        /// The assignment.
        assignment_id: Option<String> = "assignmentId",
        /// The result, in years, as text.
        glycan_age: Option<String> = "glycanAge",
        /// The patient's age, in years, as text.
        chronological_age: Option<String> = "chronologicalAge",
        /// Where the report is, from GlycanAge's own address on.
        report_url: Option<String> = "reportUrl",
        /// When it was made, in ms since 1970.
        created_on: Option<u64> = "createdOn",
    }
}
