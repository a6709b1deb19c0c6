"""The rules at scale: loading, memory, and what one incident costs against few and many of them."""
import subprocess

RULES = 100_000


def bench_rules(report, benches):
    run = subprocess.run([benches / "bench_rules", str(RULES)], check=True, stdout=subprocess.PIPE, text=True).stdout
    rules, load, size, few, many, fired, thousand, ten_thousand = map(float, run.split("\t"))
    report.line(f"{rules:,.0f} rules loaded", f"{load:.2f} s", "0.5 s", load <= 0.5)
    report.line(f"{rules:,.0f} rules in memory", f"{size / 1e6:.1f} MB, {size / rules:.0f} bytes each", "12 MB", size <= 12e6)
    report.line(f"one incident against {rules:,.0f} rules instead of 100",
                f"{many / few:.1f} x ({many:,.0f} ns, {few:,.0f} ns; {fired:.2f} of them fire on average)", "1.5 x", many <= 1.5 * few)
    report.line("one rule without a selective term, for each incident",
                f"{ten_thousand / 10_000:.0f} ns among 10,000, {thousand / 1_000:.0f} ns among 1,000", "100 ns", ten_thousand <= 1e6)
