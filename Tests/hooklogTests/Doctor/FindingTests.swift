import Testing

@testable import hooklog

@Suite("What doctor found")
struct FindingTests {
    @Test("Ends with one full stop, whether an error's own words end with one or not")
    func fullStop() {
        let findings = [
            Finding.fail("database", "it is away.", remedy: "Wait."), .fail("database", "it is away", remedy: "Wait."),
            .warn("database", "it is away.", remedy: "Wait."), .ok("database", "it is away."),
        ]
        for finding in findings {
            #expect(DoctorCommand.line(finding).contains("database      it is away."))
            #expect(!DoctorCommand.line(finding).contains(".."))
        }
    }
}
