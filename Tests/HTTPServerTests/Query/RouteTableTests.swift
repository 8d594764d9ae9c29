import Connectors
import HTTPServer
import Testing

struct RouteTableTests {
    @Test(arguments: [
        ("/api/v1/me", []), ("/api/v1/health", []), ("/api/v1/customers", ["POST"]), ("/api/v1/customers/", ["POST"]),
        ("/api/v1/customers/42", ["PATCH", "DELETE"]), ("/api/v1/customers/42/contacts", ["POST"]),
        ("/api/v1/customers/42/onboardings", []), ("/api/v1/contacts/1", ["PATCH", "DELETE"]),
        ("/api/v1/onboardings", ["POST"]), ("/api/v1/onboardings/1", ["PATCH", "DELETE"]),
    ])
    func knownPathsHaveMethods(path: String, writes: [String]) {
        #expect(RouteTable(.pivotal).methods(at: path) == ["GET", "HEAD"] + writes)
    }

    @Test(arguments: ["", "/", "/api/v1", "/api/v1/contacts", "/api/v1/customers/1/2", "/api/v2/me", "/api/v1/Me"])
    func otherPathsHaveNone(path: String) {
        #expect(RouteTable(.pivotal).methods(at: path).isEmpty)
    }
}
