import Testing

@testable import Postgres

@Suite struct ConnectionRefusalTests {
    @Test func stateIsReadFromTheVerboseMessage() {
        let refusal = ConnectionRefusal(
            message: """
                connection to server at "127.0.0.1", port 5432 failed: FATAL:  28P01: password authentication failed for user "x"
                LOCATION:  auth_failed, auth.c:338

                """
        )
        #expect(refusal.sqlState?.rawValue == "28P01")
        #expect(
            refusal.message
                == #"connection to server at "127.0.0.1", port 5432 failed: FATAL: password authentication failed for user "x""#
        )
    }

    @Test func messagesWithoutStateAreKept() {
        let refusal = ConnectionRefusal(
            message: """
                connection to server on socket "/run/.s.PGSQL.5432" failed: No such file or directory
                \tIs the server running locally and accepting connections on that socket?
                """
        )
        #expect(refusal.sqlState == nil)
        #expect(refusal.message.hasPrefix(#"connection to server on socket "/run/.s.PGSQL.5432" failed: No such file"#))
        #expect(refusal.message.hasSuffix("on that socket?"))
    }

    @Test func lastHostDecides() {
        let refusal = ConnectionRefusal(
            message: """
                connection to server at "a", port 1 failed: FATAL:  57P03: the database system is starting up
                LOCATION:  ProcessStartupPacket, postmaster.c:2353
                connection to server at "b", port 1 failed: FATAL:  3D000: database "x" does not exist
                LOCATION:  InitPostgres, postinit.c:885
                """
        )
        #expect(refusal.sqlState?.rawValue == "3D000")
        #expect(refusal.message.contains("starting up"))
        #expect(!refusal.message.contains(".c"))
    }
}
