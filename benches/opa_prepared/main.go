// Evaluates one decision for many inputs in one process: policies and inputs are read, the query is prepared once, and
// only then the clock runs. Prints the time of the evaluations and the number of findings.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
)

func main() {
	bundle := flag.String("bundle", "", "directory with policies and data")
	inputs := flag.String("inputs", "", "file with one input a line")
	query := flag.String("query", "data.compare.findings", "what is evaluated")
	workers := flag.Int("workers", 1, "goroutines, and threads that run them")
	flag.Parse()
	runtime.GOMAXPROCS(*workers)

	ctx := context.Background()
	prepared, err := rego.New(rego.Query(*query), rego.LoadBundle(*bundle)).PrepareForEval(ctx)
	if err != nil {
		log.Fatal(err)
	}
	values, err := readInputs(*inputs)
	if err != nil {
		log.Fatal(err)
	}
	start := time.Now()
	results, err := evaluate(ctx, prepared, values, *workers)
	if err != nil {
		log.Fatal(err)
	}
	elapsed := time.Since(start)
	found := 0
	for _, findings := range results {
		found += len(findings)
	}
	fmt.Fprintf(os.Stderr, "%d inputs, %d findings, %.6f s\n", len(values), found, elapsed.Seconds())
	if err := json.NewEncoder(os.Stdout).Encode(results); err != nil {
		log.Fatal(err)
	}
}

// readInputs parses each line to the value that evaluation needs, so that this is not measured.
func readInputs(path string) ([]ast.Value, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var values []ast.Value
	lines := bufio.NewScanner(bytes.NewReader(content))
	lines.Buffer(nil, len(content)+1)
	for lines.Scan() {
		value, err := ast.ValueFromReader(bytes.NewReader(lines.Bytes()))
		if err != nil {
			return nil, err
		}
		values = append(values, value)
	}
	return values, lines.Err()
}

// evaluate gives the findings of each input.
func evaluate(ctx context.Context, prepared rego.PreparedEvalQuery, inputs []ast.Value, workers int) ([][]any, error) {
	results := make([][]any, len(inputs))
	failures := make([]error, workers)
	var next atomic.Int64
	var group sync.WaitGroup
	for worker := range workers {
		group.Go(func() {
			for {
				number := int(next.Add(1)) - 1
				if number >= len(inputs) {
					return
				}
				set, err := prepared.Eval(ctx, rego.EvalParsedInput(inputs[number]))
				if err != nil {
					failures[worker] = err
					return
				}
				results[number] = set[0].Expressions[0].Value.([]any)
			}
		})
	}
	group.Wait()
	for _, err := range failures {
		if err != nil {
			return nil, err
		}
	}
	return results, nil
}
