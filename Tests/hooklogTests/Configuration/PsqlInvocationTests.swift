import Testing

@testable import hooklog

@Suite("How psql is started")
struct PsqlInvocationTests {
    @Test(
        "The password moves from the arguments to the environment",
        arguments: [
            ("postgres://u:p%40ss@h:5432/d?sslmode=require", "postgres://u@h:5432/d?sslmode=require", "p@ss"),
            ("postgresql://u:a:b@h/d", "postgresql://u@h/d", "a:b"),
            ("postgres://h/d?password=x%20y&user=u", "postgres://h/d?user=u", "x y"),
            ("postgres://h/d?password=x", "postgres://h/d", "x"),
            ("host=h password=x dbname=d", "host=h dbname=d", "x"),
            ("host=h password = 'it\\'s \\\\ me'", "host=h", "it's \\ me"),
            ("password=x", "", "x"),
        ]
    )
    func passwordMoves(_ given: String, _ rest: String, _ password: String) {
        let invocation = PsqlInvocation(connectionString: given, arguments: ["-c", "x"])
        #expect(invocation.arguments == ["--dbname=" + rest, "-c", "x"])
        #expect(invocation.environment == ["PGPASSWORD": password])
    }

    @Test(
        "Without a password everything stays",
        arguments: ["postgres://u@h/d", "host=/run user=u", "d", "postgres:///d?host=/a:b@c", "passwordless=1"]
    )
    func connectionStringStays(_ text: String) {
        let invocation = PsqlInvocation(connectionString: text, arguments: [])
        #expect(invocation.arguments == ["--dbname=" + text])
        #expect(invocation.environment.isEmpty)
    }
}
