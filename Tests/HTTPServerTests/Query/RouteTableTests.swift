import HTTPServer
import Testing

struct RouteTableTests {
    @Test(arguments: [
        "/api/v1/me", "/api/v1/health", "/api/v1/customers", "/api/v1/customers/42", "/api/v1/customers/42/contacts",
        "/api/v1/customers/42/onboardings", "/api/v1/contacts/1", "/api/v1/onboardings", "/api/v1/onboardings/1",
        "/api/v1/customers/",
    ])
    func knownPathsHaveMethods(path: String) {
        #expect(RouteTable.pivotalReads.methods(at: path) == ["GET", "HEAD"])
    }

    @Test(arguments: ["", "/", "/api/v1", "/api/v1/contacts", "/api/v1/customers/1/2", "/api/v2/me", "/api/v1/Me"])
    func otherPathsHaveNone(path: String) {
        #expect(RouteTable.pivotalReads.methods(at: path).isEmpty)
    }
}
