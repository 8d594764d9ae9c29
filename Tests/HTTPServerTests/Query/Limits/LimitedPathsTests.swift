import HTTPServer
import Testing

struct LimitedPathsTests {
    @Test(arguments: [
        "/api/v1/me", "/api/v1/customers/1/contacts", "/api/v1", "/api/v1/nosuch", "/v1/events", "/v1/", "//api//v1/me",
        "/api/v1/health/deep",
    ])
    func pathWithAKeyCounts(path: String) {
        #expect(LimitedPaths.contains(path))
    }

    @Test(arguments: [
        "/webhooks/src_1", "/webhooks/api/v1", "/api/v1/health", "/api/v1/health/", "/", "/openapi.json", "/docs",
        "/api/v2/me",
        "/v10/events", "/api",
    ])
    func otherPathDoesNot(path: String) {
        #expect(!LimitedPaths.contains(path))
    }
}
