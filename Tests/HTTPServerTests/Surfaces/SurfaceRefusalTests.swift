import Testing

/// What every surface refuses alike, each in its vendor's words.
@Suite(.timeLimit(.minutes(10)))
struct SurfaceRefusalTests {
    /// A surface, what its creations are sent to, and a body that makes an object.
    struct Vendor: Sendable, CustomTestStringConvertible {
        let system: String
        let path: String
        let body: String
        var testDescription: String { system }

        /// The body of a refusal.
        func refusal(_ status: Int, _ text: String) -> JSONValue {
            system == "ruddr"
                ? .object(["status": .number(Double(status)), "message": .string(text)])
                : .object(["detail": .string(text)])
        }
    }

    static let vendors = [
        Vendor(system: "ruddr", path: "contacts", body: #"{"name":"A","email":"a@x.io"}"#),
        Vendor(system: "stuut", path: "v1/partners", body: #"{"name":"A"}"#),
        Vendor(system: "piriod", path: "contacts/", body: #"{"name":"A","email":"a@x.io"}"#),
    ]

    @Test(arguments: vendors) func methodIsNotTaken(_ vendor: Vendor) async throws {
        try await VendorClient.with(vendor.system) { client in
            for method in ["PUT", "DELETE"] {
                let reply = try await client.send(method, vendor.path, "{}")
                #expect(reply.status == 405)
                #expect(reply.headers["allow"] == "GET, HEAD, POST")
                #expect(reply.json == vendor.refusal(405, "This endpoint does not support the method."))
            }
        }
    }

    @Test(arguments: vendors) func dataIsBehindOrAhead(_ vendor: Vendor) async throws {
        try await VendorClient.with(vendor.system) { client in
            client.server.waiter.fail(.waitTimedOut, at: .start)
            let header = [("Hooklog-Min-Position", "1")]
            let late = try await client.send("GET", vendor.path, more: header)
            #expect(late.status == 503)
            #expect(late.headers["retry-after"] == "1")
            let text = "The data is not available at the moment; try again."
            #expect(late.json == vendor.refusal(503, text))
            client.server.waiter.fail(.positionBeyondHead, at: .start)
            let ahead = try await client.send("GET", vendor.path, more: header)
            #expect(ahead.status == 412)
            #expect(ahead.json == vendor.refusal(412, "The log has not reached this position."))
        }
    }

    /// An object that cannot be shown after it was written was not written.
    @Test(arguments: vendors) func writeThatCannotBeShownIsUndone(_ vendor: Vendor) async throws {
        try await VendorClient.with(vendor.system) { client in
            try await client.server.script(
                """
                CREATE OR REPLACE FUNCTION hooklog.find_object(
                    workspace bigint, live boolean, system text, entity_type text, wanted_id text
                ) RETURNS TABLE (
                    entity_id text, document jsonb, created_at timestamptz, updated_at timestamptz,
                    deleted_at timestamptz, first_position bigint
                )
                LANGUAGE plpgsql STABLE ROWS 1 AS 'BEGIN RETURN; END'
                """
            )
            let reply = try await client.post(vendor.path, vendor.body)
            #expect(reply.status == 500)
            #expect(reply.json == vendor.refusal(500, "The server failed; try again."))
            #expect(try await client.server.eventTypes() == [])
        }
    }

    @Test(arguments: vendors) func idempotencyKeyStandsForOneBody(_ vendor: Vendor) async throws {
        try await VendorClient.with(vendor.system) { client in
            let more = [("Idempotency-Key", "k1")]
            let first = try await client.send("POST", vendor.path, vendor.body, more: more)
            #expect([200, 201].contains(first.status))
            #expect(try await client.send("POST", vendor.path, vendor.body, more: more).text == first.text)
            let body = vendor.body.replacing("\"A\"", with: "\"B\"")
            let other = try await client.send("POST", vendor.path, body, more: more)
            #expect(other.status == 409)
            #expect(other.json == vendor.refusal(409, "This idempotency key was used with another body."))
            #expect(other.headers["retry-after"] == nil)
        }
    }

    @Test(arguments: vendors) func idempotencyKeyIsInUse(_ vendor: Vendor) async throws {
        try await VendorClient.with(vendor.system) { client in
            let more = [("Idempotency-Key", "k1")]
            try await client.server.database.withConnection { connection in
                _ = try await connection.script("BEGIN; SELECT FROM hooklog.log_head FOR UPDATE")
                async let first = client.send("POST", vendor.path, vendor.body, more: more)
                try await client.server.untilWaiting(1)
                let second = try await client.send("POST", vendor.path, vendor.body, more: more)
                #expect(second.status == 409)
                #expect(second.headers["retry-after"] == "1")
                let text = "A request with this idempotency key is being answered; try again."
                #expect(second.json == vendor.refusal(409, text))
                _ = try await connection.script("COMMIT")
                _ = try await first
            }
        }
    }

    @Test func faultsOfHeaderFieldsAreTheirs() async throws {
        let twice = [("Idempotency-Key", "a"), ("Idempotency-Key", "b")]
        let position = [("Hooklog-Min-Position", "x")]
        try await VendorClient.withRuddr { client in
            let reply = try await client.send("POST", "contacts", "{}", more: twice)
            #expect(reply.status == 400)
            #expect(reply.json == .object(["status": 400, "message": "Header 'Idempotency-Key' must be given once."]))
            let read = try await client.send("GET", "contacts", more: position)
            #expect(read.json["message"] == "Header 'Hooklog-Min-Position' must be an integer.")
        }
        try await VendorClient.withStuut { client in
            let reply = try await client.send("POST", "v1/partners", "{}", more: twice)
            #expect(reply.status == 422)
            #expect(reply.json["detail"]?.elements.map { $0["loc"] } == [["header", "Idempotency-Key"]])
            let read = try await client.send("GET", "v1/partners", more: position)
            #expect(read.json["detail"]?.elements.map { $0["loc"] } == [["header", "Hooklog-Min-Position"]])
        }
        try await VendorClient.withPiriod { client in
            let reply = try await client.send("POST", "contacts/", "{}", more: twice)
            #expect(reply.status == 400)
            let text: JSONValue = "Idempotency-Key header: This parameter may be given once only."
            #expect(reply.json == .object(["non_field_errors": [text]]))
            let read = try await client.send("GET", "contacts/", more: position)
            let integer: JSONValue = "Hooklog-Min-Position header: A valid integer is required."
            #expect(read.json == .object(["non_field_errors": [integer]]))
        }
    }
}
